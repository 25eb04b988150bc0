#!/usr/bin/env python3
"""OpenRefine, without a window, reconciles a column against `jinxiu link serve` and takes data over from it.

    openrefine.py PROGRAM [--refine COMMAND]

PROGRAM is the jinxiu to try, COMMAND starts OpenRefine (Debian: apt-get install openrefine). Exit code 0 if all came out
as it must.
"""
import argparse
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

NAMES = ["太原市", "合肥市", "朝阳区", "没有这样的地方", "清徐县"]
EXPECTED = {"太原市": "140100", "合肥市": "340100", "朝阳区": None, "没有这样的地方": None, "清徐县": "140121"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Refine:
    def __init__(self, port):
        self.at = f"http://127.0.0.1:{port}/command/core/"

    def get(self, command, **fields):
        query = urllib.parse.urlencode(fields)
        with urllib.request.urlopen(f"{self.at}{command}?{query}", timeout=30) as answer:
            return json.load(answer)

    def post(self, command, body, kind="application/x-www-form-urlencoded", **fields):
        fields["csrf_token"] = self.get("get-csrf-token")["token"]
        request = urllib.request.Request(f"{self.at}{command}?{urllib.parse.urlencode(fields)}", body, {"Content-Type": kind})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.geturl(), answer.read().decode()

    def wait(self):
        for _ in range(240):
            try:
                return self.get("get-version")
            except OSError:
                time.sleep(0.5)
        raise SystemExit("OpenRefine does not start")

    def project(self, lines):
        parts = {"project-file\"; filename=\"names.csv": "\n".join(["name", *lines]), "project-name": "names"}
        body = "".join(f'--part\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in parts.items())
        body = (body + "--part--\r\n").encode()
        options = json.dumps({"encoding": "UTF-8", "separator": ",", "headerLines": 1})
        url, _ = self.post("create-project-from-upload", body, "multipart/form-data; boundary=part",
                           format="text/line-based/*sv", options=options)
        return re.search(r"project=(\d+)", url).group(1)

    def apply(self, project, operation):
        operation["engineConfig"] = {"facets": [], "mode": "row-based"}
        body = urllib.parse.urlencode({"operations": json.dumps([operation])}).encode()
        _, said = self.post("apply-operations", body, project=project)
        assert json.loads(said)["code"] in ("ok", "pending"), said
        while self.get("get-processes", project=project)["processes"]:
            time.sleep(0.2)

    def rows(self, project):
        return self.get("get-rows", project=project, start=0, limit=50)


def matches(answer):
    """The id that each name was matched with."""
    pool = answer.get("pool", {}).get("recons", {})
    found = {}
    for row in answer["rows"]:
        cell = row["cells"][0]
        recon = pool.get(str(cell.get("r")), cell.get("r")) if not isinstance(cell.get("r"), dict) else cell["r"]
        matched = recon and recon.get("j") == "matched"
        found[cell["v"]] = recon["m"]["id"] if matched else None
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--refine", default="openrefine")
    given = arguments.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        service = subprocess.Popen([given.program, "link", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)
        address = re.search(r"http://[^/]+", service.stderr.readline()).group(0) + "/gbt2260"
        command = [given.refine, "-i", "127.0.0.1", "-p", str(port), "-d", folder, "-H", "*", "-x", "refine.headless=true"]
        refine = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            client = Refine(port)
            print("OpenRefine", client.wait()["version"])
            project = client.project(NAMES)
            manifest = json.load(urllib.request.urlopen(address, timeout=30))
            config = {"mode": "standard-service", "service": address, "identifierSpace": manifest["identifierSpace"],
                      "schemaSpace": manifest["schemaSpace"], "type": manifest["defaultTypes"][0], "autoMatch": True,
                      "columnDetails": [], "limit": 0}
            client.apply(project, {"op": "core/recon", "columnName": "name", "config": config})
            found = matches(client.rows(project))
            print(json.dumps(found, ensure_ascii=False))
            assert found == EXPECTED, EXPECTED
            extension = {"properties": [{"id": "within", "name": "within"}]}
            client.apply(project, {"op": "core/extend-reconciled-data", "baseColumnName": "name", "columnInsertIndex": 1,
                                   "endpoint": address, "identifierSpace": manifest["identifierSpace"],
                                   "schemaSpace": manifest["schemaSpace"], "extension": extension})
            first = client.rows(project)["rows"][0]["cells"]
            print(first[1]["v"])
            assert first[1]["v"] == "山西省", first
        finally:
            service.terminate()
            os.killpg(refine.pid, signal.SIGTERM)
            refine.wait(30)
            service.wait(30)


main()
