"""Broken pages: sound ones with bytes changed and hostile pieces put in, and broken HTTP headers.

The same seed always gives the same page and the same answer.
"""

from __future__ import annotations

import random

#: A page with a part for each thing that extraction reads.
SOUND = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Impressum - Kerbholz</title>
<base href="/"><link rel="alternate" hreflang="en" href="/en/"><meta property="og:site_name" content="Kerbholz">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Organization","name":"Kerbholz GmbH",
"url":"/","numberOfEmployees":{"value":45},"foundingDate":"1987-05-01","vatID":"DE136695976","telephone":"030 901820",
"address":{"@type":"PostalAddress","streetAddress":"Beispielweg 5","postalCode":"10115","addressCountry":"DE"},
"sameAs":["https://www.linkedin.com/company/kerbholz"]}</script>
<script src="/wp-includes/js/jquery.min.js?ver=3.7"></script></head><body>
<a href="/impressum">Impressum</a> <a href="/kontakt">Kontakt</a> <a href="tel:+4930901820">Tel</a>
<a href="mailto:info@kerbholz.example">info@kerbholz.example</a> <a href="https://kerbholz.personio.de">Jobs</a>
<p>Kerbholz GmbH<br>Beispielweg 5<br>10115 Berlin<br>Deutschland</p><table><tr><td>Tel.</td><td>+49 (0)30 / 901820
</td></tr></table><p>Amtsgericht Charlottenburg HRB 123456 B, USt-IdNr.: DE 136 695 976, FN 123456a</p>
<p>250 Finchley Road, London NW3 6DN. 1 Main Street, Tucker, GA 30084. 1011 AB Amsterdam.</p>
<p>Seit 1987 fertigt unser Unternehmen Ventile. Wir sind 45 Mitarbeiter, zertifiziert nach ISO 9001. © 2025 Kerbholz</p>
</body></html>""".encode()  # noqa: E501

#: Pieces that broke a parser once, somewhere.
HOSTILE = (
    b'<base href="http://[bad">',
    b'<base href="//[::1">',
    b'<base href="https://[v1.x]/">',
    b'<base href="javascript:">',
    b'<base href="http://a.example:99999999/">',
    b'<meta charset="undefined">',
    b'<meta charset="base64">',
    b'<meta charset="idna">',
    b'<meta charset="punycode">',
    b'<meta charset="utf-7">',
    b'<meta charset="cp037">',
    b'<meta charset="raw_unicode_escape">',
    b'<meta http-equiv="refresh" content="0; url=http://[x">',
    b'<a href="http://[::1">Kontakt</a>',
    b'<a href="//\xff\xfe/%00">Impressum</a>',
    b'<a href="http://kerbholz.example:x/">Impressum</a>',
    b'<a href="http://xn--.example/">Kontakt</a>',
    b'<a href="tel:%00%ff+++">call</a>',
    b'<a href="mailto:%ED%A0%80@[1.2.3">mail</a>',
    b'<a href="https://www.facebook.com/[x]">f</a>',
    b'<script type="application/ld+json">{"@type":"Organization","name":"\\ud800\\u0000"}</script>',
    b'<script type="application/ld+json">' + b"[" * 3_000 + b"</script>",
    (
        b'<script type="application/ld+json">{"@type":"Organization","numberOfEmployees":1e999,"url":'
        b'"http://[x","foundingDate":{},"address":[[]],"sameAs":[{"a":1}],"telephone":[[[9]]]}'
        b"</script>"
    ),
    b'<script type="application/ld+json">{"@type":"Organization","numberOfEmployees":'
    + b"9" * 5_000
    + b"}</script>",
    b"<!--",
    b"<![CDATA[",
    b"<script>",
    b"</",
    b'"',
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"&#xD800;&#0;&#99999999999;",
    "İıſΩ\u202e\u200b\ufeff".encode(),
    "٣٤٥٦٧ Stadt, ²³¹ Mitarbeiter, 10115 ⑩".encode(),
    b"<div>" * 500,
    b"9" * 2_000,
    b"info@" * 300,
    b"+49 " + b"(0)" * 200,
)
_STATUSES = ("200 OK",) * 20 + ("204 No Content", "206 Partial", "302 Found", "404 No", "999 No")
_TYPES = (
    "text/html",
    "text/html; charset=undefined",
    "text/html; charset=idna",
    "text/html; charset=base64",
    "text/html; charset=",
    'text/html; charset="',
    "text/html; charset=utf-7",
    "application/xhtml+xml; charset=punycode",
    "text/html;;;=",
    "TEXT/HTML; charset=utf-16",
    "text/html; charset=\xff\xfe",
    "",
)
_HEADERS = (
    b"Location: http://[x/\r\n",
    b"Location: //\xff\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: br, zstd, identity\r\n",
    b"Content-Encoding: \xe4\r\n",
    b"Set-Cookie: =;;;=\r\nSet-Cookie: \xff\xfe=1; Path=[\r\n",
    b"Content-Security-Policy: " + b"x " * 2_000 + b"\r\n",
    b"Server: \xc3\xa4\xff PHP/\xb2\r\nX-Powered-By: \xd9\xa3\r\n",
    b"Link: <http://[x>; rel=x\r\n",
    b"Refresh: 0; url=http://[x\r\n",
    b"Content-Length: 7\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"No colon here\r\n",
    b": no name\r\n",
    b"X-\xff: \x01\r\n",
    b" folded\r\n",
)


def broken_page(seed: int) -> bytes:
    """Return the sound page after one to eight changes."""
    chance = random.Random(seed)
    page = bytearray(SOUND)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(page) + 1)
        change = chance.randrange(6)
        if change <= 2:
            page[at:at] = chance.choice(HOSTILE)
        elif change == 3:
            page[at : at + chance.randint(1, 40)] = chance.randbytes(chance.randint(1, 40))
        elif change == 4:
            del page[at : at + chance.randint(1, 400)]
        else:
            page[at:at] = page[at : at + chance.randint(1, 200)] * chance.randint(1, 5)
    if chance.random() < 0.1:
        return (
            bytes(page)
            .decode("utf-8", "replace")
            .encode(chance.choice(["utf-16", "cp037"]), "replace")
        )
    return bytes(page)


def broken_headers(seed: int) -> dict[str, str]:
    """Return headers as extraction receives them, by lower-case name."""
    chance = random.Random(seed)
    lines = (line.decode("latin-1").strip() for line in chance.sample(_HEADERS, 4))
    found = {"content-type": chance.choice(_TYPES)}
    for line in lines:
        name, _, value = line.partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def broken_answer(seed: int) -> bytes:
    """Return a whole HTTP answer with a broken page and, half the time, broken headers."""
    chance = random.Random(seed)
    body = broken_page(seed)
    head = f"HTTP/1.1 {chance.choice(_STATUSES)}\r\nContent-Type: {chance.choice(_TYPES)}\r\n"
    extra = b"".join(chance.sample(_HEADERS, chance.choice([0, 0, 1, 3])))
    return head.encode("latin-1") + extra + b"Connection: close\r\n\r\n" + body
