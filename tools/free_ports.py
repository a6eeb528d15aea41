#!/usr/bin/env python3
"""Prints the first of N neighbouring TCP ports of the loopback that are free now, below those that
the kernel takes for outgoing connections: a server that is started again finds its port as it left it.

    tools/free_ports.py N
"""
import random
import socket
import sys


def first_of(count):
    while True:
        base = random.randrange(10000, 32000)
        held = []
        try:
            for offset in range(count):
                one = socket.socket()
                held.append(one)
                one.bind(("127.0.0.1", base + offset))
            return base
        except OSError:
            pass
        finally:
            for one in held:
                one.close()


print(first_of(int(sys.argv[1])))
