"""Sends events with Segment's or RudderStack's Python library: what to send comes in as JSON, what went wrong goes out."""

import json
import logging
import sys
from datetime import datetime
from importlib.metadata import version

logging.disable(logging.CRITICAL)

NAMES = {
    "userId": "user_id",
    "anonymousId": "anonymous_id",
    "groupId": "group_id",
    "previousId": "previous_id",
    "messageId": "message_id",
}


def open_segment(order, on_error):
    """Makes a client as its documentation shows."""
    from segment.analytics.client import Client

    return Client(order["key"], host=order["url"], on_error=on_error, **order["options"])


def open_rudder(order, on_error):
    """Sets the module up as its documentation shows; the module is the client."""
    import rudderstack.analytics as rudder

    rudder.write_key = order["key"]
    rudder.dataPlaneUrl = order["url"]
    rudder.on_error = on_error
    for name, value in order["options"].items():
        setattr(rudder, name, value)
    return rudder


def main():
    """Makes each call, waits until all was answered, and tells what went wrong."""
    order = json.load(sys.stdin)
    errors, refused = [], []

    def on_error(error, _items):
        errors.append(str(error))

    library = order["library"]
    client = {"segment": open_segment, "rudder": open_rudder}[library](order, on_error)
    for call in order["calls"]:
        kind = call.pop("call")
        fields = {NAMES.get(name, name): value for name, value in call.items()}
        if "timestamp" in fields:
            fields["timestamp"] = datetime.fromisoformat(fields["timestamp"])
        try:
            getattr(client, kind)(**fields)
        except (AssertionError, RuntimeError) as error:
            refused.append(str(error)[:200])
    client.flush()
    client.join()
    package = {"segment": "segment-analytics-python", "rudder": "rudder-sdk-python"}[library]
    print(json.dumps({"errors": errors, "refused": refused, "version": version(package)}))


main()
