# The command `sluice` with its runtime dependencies. Two stages on one base, so that build tools stay out of the final image.
ARG BASE=python:3.11-slim-trixie

FROM ${BASE} AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock ./
# Download every wheel by hash, including those for tests, because one lock file holds both.
RUN pip wheel --require-hashes --only-binary :all: --wheel-dir wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY leads leads
COPY intake intake
COPY dedupe dedupe
COPY spiders spiders
COPY enrich enrich
COPY sources sources
COPY qualify qualify
COPY outreach outreach
COPY engage engage
COPY workers workers
COPY actions actions
COPY console console
# Install only from those wheels: the versions are those of the lock file, and test dependencies are not installed.
RUN pip install --no-index --find-links wheels hatchling \
 && pip wheel --no-index --no-deps --no-build-isolation --wheel-dir wheels . \
 && python -m venv /opt/sluice \
 && /opt/sluice/bin/pip install --no-index --find-links wheels sluice

FROM ${BASE}
# `sluice backup` calls pg_dump, which must not be older than the server: both this Debian and docker-compose.yml use 17.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/sluice /opt/sluice
# A new named volume mounted on the home folder inherits its owner.
RUN useradd --system --uid 10001 --home-dir /var/lib/sluice --create-home --shell /usr/sbin/nologin sluice
ENV PATH=/opt/sluice/bin:$PATH SLUICE_HOME=/var/lib/sluice PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER sluice
WORKDIR /var/lib/sluice
ENTRYPOINT ["sluice"]
CMD ["--help"]
