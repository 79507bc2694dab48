"""Asks for decisions with OpenFeature's Python SDK: a line of JSON in, a line of JSON out."""

import json
import sys
from importlib.metadata import version

from openfeature import api
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext

KINDS = ("string", "boolean", "integer", "float", "object")


def start(line):
    """Points an unmodified provider at a server."""
    headers = line["headers"]
    provider = OFREPProvider(line["url"], headers_factory=lambda: headers, timeout=20)
    api.set_provider_and_wait(provider, domain=line["domain"])
    return {"versions": {name: version(name) for name in ("openfeature-sdk", "openfeature-provider-ofrep")}}


def evaluate(line):
    """Evaluates one flag, and tells all that a program would be told."""
    client = api.get_client(line["domain"])
    ask = getattr(client, f"get_{line['kind']}_details")
    context = line["context"]
    if context is not None:
        attributes = {name: value for name, value in context.items() if name != "targetingKey"}
        context = EvaluationContext(targeting_key=context.get("targetingKey"), attributes=attributes)
    details = ask(line["key"], line["fallback"], context)
    return {
        "value": details.value,
        "kind": type(details.value).__name__,
        "variant": details.variant,
        "reason": details.reason,
        "errorCode": details.error_code,
        "errorMessage": details.error_message,
        "metadata": details.flag_metadata,
    }


for text in sys.stdin:
    command = json.loads(text)
    answer = start(command) if command["do"] == "start" else evaluate(command)
    print(json.dumps(answer), flush=True)
