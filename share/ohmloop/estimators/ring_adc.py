#!/usr/bin/env python3
"""Estimator program: a converter built of ring oscillators, as an example. See docs/estimators.md.

    ohmloop energy chip.yaml --estimator-program "python3 ring_adc.py"

One JSON object per line comes in on standard input, one goes out on standard output for each.
"""
import json
import sys

DESCRIPTION = {
    "name": "ring_adc",
    "accuracy": 60,
    "classes": [
        {
            "name": "ring_adc",
            "attributes": [{"name": "stages", "unit": ""}, {"name": "supply", "unit": "V"}],
            "actions": [{"name": "convert", "arguments": [{"name": "busy", "low": 0, "high": 1}]}],
        }
    ],
}

CAPACITANCE_PF = 0.004  # of one stage, an assumption of this example


def answer(request):
    if request["request"] == "describe":
        return DESCRIPTION
    attributes = request["attributes"]
    if "stages" not in attributes or "supply" not in attributes:
        return {"reject": "needs 'stages' and 'supply'"}
    stages = attributes["stages"]["value"]
    supply = attributes["supply"]["value"]
    if request["of"] == "area":
        return {"value": 1.5 * stages, "unit": "um2", "source": "an example, 1.5 um2 per stage"}
    if request["of"] == "leakage":
        return {"reject": "says nothing of leakage"}
    busy = request["arguments"]["busy"]
    return {
        "value": CAPACITANCE_PF * stages * supply**2 * (1 if busy else 0.1),
        "unit": "pJ",
        "source": "an example, C V^2",
        "derivation": f"{stages:g} stages of {CAPACITANCE_PF} pF at {supply:g} V",
    }


def main():
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)


if __name__ == "__main__":
    main()
