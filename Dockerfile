# The command `sluice` with everything it needs, and nothing of what only works on it. Two stages on one base, because the first needs
# more than the second should carry.
ARG BASE=python:3.11-slim-trixie

FROM ${BASE} AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock ./
# Every wheel by its hash, those for tests too, for one lock holds both.
RUN pip wheel --require-hashes --only-binary :all: --wheel-dir wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY leads leads
COPY intake intake
COPY dedupe dedupe
COPY spiders spiders
COPY enrich enrich
COPY qualify qualify
COPY outreach outreach
COPY workers workers
COPY actions actions
COPY console console
# From here on only those wheels are there to choose from, so the versions are the lock's, and what only tests need stays out.
RUN pip install --no-index --find-links wheels hatchling \
 && pip wheel --no-index --no-deps --no-build-isolation --wheel-dir wheels . \
 && python -m venv /opt/sluice \
 && /opt/sluice/bin/pip install --no-index --find-links wheels sluice

FROM ${BASE}
# `sluice backup` calls pg_dump, which must not be older than the server: this Debian's and the server of docker-compose.yml are both 17.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/sluice /opt/sluice
# A new named volume over the home folder takes over its owner.
RUN useradd --system --uid 10001 --home-dir /var/lib/sluice --create-home --shell /usr/sbin/nologin sluice
ENV PATH=/opt/sluice/bin:$PATH SLUICE_HOME=/var/lib/sluice PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER sluice
WORKDIR /var/lib/sluice
ENTRYPOINT ["sluice"]
CMD ["--help"]
