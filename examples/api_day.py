"""Work one prospect over the API: python examples/api_day.py http://127.0.0.1:8800 TOKEN."""

import json
import sys
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

at, token = sys.argv[1:]


def call(method: str, path: str, sent: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if method == "POST":
        headers["Idempotency-Key"] = str(
            uuid4()
        )  # Send it again with the same key after a failure.
    body = None if sent is None else json.dumps(sent).encode()
    request = Request(f"{at}/api/v1{path}", body, headers, method=method)
    try:
        with urlopen(request) as answer:
            return json.load(answer)
    except HTTPError as error:
        problem = json.load(error)
        sys.exit(f"{problem['title']}: {problem['detail']}. {problem['hint']}")


card = call("POST", "/prospects/next", {"any_time": True})[0]
open_questions = ", ".join(one["criterion"] for one in card["assessment"]["unknown"])
print(card["name"], "waits for:", open_questions or "a call")
result = {"disposition": "no_answer", "token": card["lease"]["token"], "note": "rang out"}
done = call("POST", f"/prospects/{card['company_id']}/done", result)
print("again at", done["again_at"])
