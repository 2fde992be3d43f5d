"""Starts ArcadeDB with its Bolt listener on a free port of this machine, and stops when its input ends.

    python serve.py FOLDER PASSWORD [SQL ...]

The databases are in FOLDER; a new one begins with the statements of SQL. Prints a line `ready PORT` when it can be asked; the user is `root`, the database `rapporteur`.
"""

import os
import socket
import sys

import arcadedb_embedded as arcadedb

DATABASE = "rapporteur"

folder, password, *statements = sys.argv[1:]


def free_ports(count):
    """Free ports, each held until all are known."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


http_port, bolt_port = free_ports(2)
server = arcadedb.ArcadeDBServer(
    root_path=folder,
    root_password=password,
    config={
        "host": "127.0.0.1",
        "mode": "development",
        "http_port": http_port,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": bolt_port,
    },
    jvm_kwargs={"heap_size": "1g"},
)
server.start()
if not os.path.isdir(os.path.join(folder, "databases", DATABASE)):
    database = server.create_database(DATABASE)
    for statement in statements:
        database.command("sql", statement)
print(f"ready {bolt_port}", flush=True)
# Whoever started this holds the other end; it closes with that process, however it ends.
sys.stdin.read()
server.stop()
