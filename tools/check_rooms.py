#!/usr/bin/env python3
"""Fails when an #include or a CMake room leans on a room or a library it must not know.

Rooms are the folders of src/. Arrows go one way (docs/adr/0003-rooms.md); one library is used by one
room. A wrong arrow is an error of the design even where the compiler is content with it, so it is
refused here, with file and line and with what may stand there instead.

    tools/check_rooms.py              check this repository
    tools/check_rooms.py --root DIR   check another tree
    tools/check_rooms.py --self-test  check the checker on small made-up trees
"""
import argparse
import fnmatch
import pathlib
import re
import sys
import tempfile
import unittest

DOMAIN = ("identity", "openid", "privacy", "wallet", "biometrics", "services", "payments", "notifications",
          "breach")
GROUND = frozenset({"core", "crypto", "codec", "store", "audit", "vault"})

# What each room may include beside itself.
ALLOWED = {
    "core": frozenset(),
    "crypto": frozenset({"core"}),
    "codec": frozenset({"core", "crypto"}),
    "store": frozenset({"core"}),
    "audit": frozenset({"core", "crypto", "codec", "store"}),
    "vault": frozenset({"core", "crypto", "store", "audit"}),
    **{room: GROUND for room in DOMAIN},
    "http": frozenset({"core", "codec"}),
    "edges": frozenset({"core", "crypto", "codec", "http"}),
    "api": frozenset({"core", "codec", "http", "audit"}),  # and API_HEADERS of audit and the domain rooms
    "app": GROUND | frozenset(DOMAIN) | frozenset({"http", "edges", "api"}),
}

# An edge implements one interface of one room and may include that header alone.
EDGE_INTERFACE = {
    "esia": "identity/*provider*.h",
    "oidc": "identity/*provider*.h",
    "sms_http": "identity/*operator*.h",
    "smpp": "identity/*operator*.h",
    "sip_call": "identity/*operator*.h",
    "smtp": "notifications/*sender*.h",
    "webpush": "notifications/*sender*.h",
    "max_bot": "notifications/*sender*.h",
    "acquirer": "payments/*acquirer*.h",
    "registry": "wallet/*registry*.h",
}

# The api sees what a room offers, never how it keeps it: its values (types.h and named value types) and
# its services (service.h, challenge_service.h ...).
API_HEADERS = frozenset({"types.h", "service.h"})
USE_CASE = re.compile(
    r"([a-z0-9_]+_service|phone_number|edition_library|trust_authority|history|function_gate|function_table"
    r"|attribute_claims|identity_provider|request_rules|request_letter|letter_words|evidence)\.h")

# Library by include prefix -> rooms that may use it (docs/adr/0002-libraries.md).
LIBRARIES = {
    "openssl/": {"crypto"},
    "argon2.h": {"crypto"},
    "p11-kit/": {"crypto"},
    "boost/json": {"codec"},
    "boost/": {"http"},
    "curl/": {"edges"},
    "sqlite3.h": {"store"},
    "libpq-fe.h": {"store"},
    "cbor.h": {"codec"},
    "cbor/": {"codec"},
    "qrcodegen": {"codec"},
    "ZXing/": {"codec"},
    "png.h": {"codec"},
    "cairo": {"codec"},
    "pango/": {"codec"},
    "phonenumbers/": {"identity"},
    "unicode/": {"identity", "codec"},
    "tl/": {"core"},
    "toml++/": {"app"},
    "CLI/": {"app"},
    "spdlog/": {"app"},
    "prometheus/": {"app"},
    "systemd/": {"app"},
    "fmt/": set(ALLOWED),
}
# TLS is the one thing in http/ that Asio leaves to OpenSSL's own calls: the server name, the peer's name.
LIBRARY_EXCEPTIONS = {("http", "openssl/ssl.h"), ("http", "openssl/x509v3.h"), ("http", "openssl/err.h")}
TEST_LIBRARIES = ("gtest/", "gmock/", "rapidcheck")
SYSTEM_FOLDERS = ("sys/", "netinet/", "arpa/", "net/", "bits/", "linux/")
SYSTEM_HEADERS = frozenset("""
aio.h assert.h cpuid.h ctype.h dirent.h dlfcn.h endian.h errno.h fcntl.h grp.h inttypes.h limits.h
malloc.h math.h netdb.h poll.h pthread.h pwd.h sched.h semaphore.h signal.h spawn.h stdarg.h stddef.h stdint.h
stdio.h stdlib.h string.h strings.h syslog.h termios.h time.h unistd.h x86intrin.h immintrin.h
""".split())

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
ROOM_CALL = re.compile(r"beresta_room\s*\(\s*([\w/]+)([^)]*)\)", re.S)


def is_test(name):
    return name.endswith(("_test.cpp", "_test.h")) or "/testing/" in name


def allowed_rooms(room):
    names = ", ".join(sorted(ALLOWED[room])) or "the standard library only"
    return f"{room} may include: {names}"


def check_edge(edge, target):
    """An edge's include of a domain room: the reason why not, or None."""
    interface = EDGE_INTERFACE.get(edge)
    if interface is None:
        return f"edges/{edge} is not in EDGE_INTERFACE of tools/check_rooms.py"
    if fnmatch.fnmatch(target, interface):
        return None
    return f"edges/{edge} may include only the interface it serves, {interface}"


def check_api(target):
    header = target.rsplit("/", 1)[1]
    if header in API_HEADERS or USE_CASE.fullmatch(header):
        return None
    return "api sees only types.h, service.h and use-case headers of a room"


def check_own(source, target):
    """The reason why `source` must not include `target`, both paths under src/, or None."""
    room, other = source.split("/")[0], target.split("/")[0]
    if other not in ALLOWED:
        return f'"{target}" names no room: write includes from src/, as in "core/result.h"'
    if room == other:
        if room == "edges" and source.split("/")[1] != target.split("/")[1]:
            return "an edge never includes another edge"
        return None
    if other in ALLOWED[room]:
        return None
    if room == "edges" and other in DOMAIN:
        return check_edge(source.split("/")[1], target)
    if room == "api" and other in DOMAIN:
        return check_api(target)
    if room in DOMAIN and other in DOMAIN:
        return (f"domain rooms never include each other: declare an interface in {room}/ and let app/ "
                f"plug {other} in")
    return allowed_rooms(room)


def check_library(source, target):
    """The reason why `source` must not include the library header `target`, or None."""
    room = source.split("/")[0]
    if "." not in target and "/" not in target:
        return None
    if target in SYSTEM_HEADERS or target.startswith(SYSTEM_FOLDERS):
        return None
    if target.startswith(TEST_LIBRARIES):
        return None if is_test(source) else f"<{target}> belongs into *_test.cpp"
    if (room, target) in LIBRARY_EXCEPTIONS:
        return None
    for prefix in sorted(LIBRARIES, key=len, reverse=True):
        if target.startswith(prefix):
            rooms = LIBRARIES[prefix]
            return None if room in rooms else f"<{target}> is used only in: {', '.join(sorted(rooms))}"
    return f"<{target}> is a library without a room: it needs a page in docs/adr/ and a line in LIBRARIES"


def check_file(root, path):
    source = path.relative_to(root / "src").as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        check = check_own if match[1] == '"' else check_library
        why = check(source, match[2])
        if why:
            yield f"src/{source}:{number}: {why}"


def check_cmake(root, path):
    """The DEPENDS of beresta_room(): the link line must tell the same story as the includes."""
    text = path.read_text(encoding="utf-8")
    for call in ROOM_CALL.finditer(text):
        name, rest = call[1], call[2]
        room = name.split("/")[0]
        where = f"{path.relative_to(root).as_posix()}:{text.count(chr(10), 0, call.start()) + 1}"
        if room not in ALLOWED:
            yield f"{where}: {name} is no room of the design"
            continue
        depends = re.search(r"\bDEPENDS\b(.*?)(?:\b(?:TEST_)?LIBRARIES\b|$)", rest, re.S)
        for other in depends[1].split() if depends else ():
            interface = EDGE_INTERFACE.get(name.partition("/")[2], "")
            serves = room == "edges" and interface.startswith(f"{other}/")
            offers = room == "api" and other in DOMAIN
            if other.split("_")[0] not in ALLOWED[room] and not serves and not offers:
                yield f"{where}: {name} links {other}; {allowed_rooms(room)}"


def check(root):
    """All wrong arrows of the tree under `root`, as "file:line: reason"."""
    found = []
    for path in sorted((root / "src").rglob("*")):
        inside = path.relative_to(root / "src")
        if path.name == "CMakeLists.txt":
            found += check_cmake(root, path)
        elif path.suffix in (".h", ".cpp") and len(inside.parts) > 1:
            if inside.parts[0] not in ALLOWED:
                found.append(f"src/{inside.as_posix()}:1: {inside.parts[0]} is no room of the design")
                continue
            found += check_file(root, path)
        elif path.suffix in (".h", ".cpp"):
            found.append(f"src/{inside.as_posix()}:1: every source file lives in a room")
    return found


class SelfTest(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                path = root / "src" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return check(root)

    def refused(self, name, include, words):
        found = self.findings({name: f"// one\n#include {include}\n"})
        self.assertEqual(1, len(found), found)
        self.assertTrue(found[0].startswith(f"src/{name}:2: "), found[0])
        self.assertIn(words, found[0])

    def accepted(self, name, include):
        self.assertEqual([], self.findings({name: f"#include {include}\n"}))

    def test_arrows_that_go_down_are_accepted(self):
        self.accepted("wallet/service.cpp", '"vault/vault.h"')
        self.accepted("vault/vault.cpp", '"audit/log.h"')
        self.accepted("app/main.cpp", '"edges/oidc/relying_party.h"')
        self.accepted("core/result.h", "<tl/expected.hpp>")

    def test_arrows_that_go_up_are_refused(self):
        self.refused("core/instant.h", '"store/query.h"', "standard library only")
        self.refused("crypto/p256.cpp", '"codec/json.h"', "crypto may include: core")
        self.refused("http/server.cpp", '"store/query.h"', "http may include")
        self.refused("identity/service.cpp", '"http/request.h"', "identity may include")
        self.refused("identity/service.cpp", '"app/config/config.h"', "identity may include")

    def test_domain_rooms_never_meet(self):
        self.refused("wallet/service.h", '"privacy/types.h"', "never include each other")

    def test_an_edge_sees_one_interface(self):
        self.accepted("edges/sms_http/gateway.cpp", '"identity/phone_operator.h"')
        self.refused("edges/sms_http/gateway.cpp", '"identity/service.h"', "identity/*operator*.h")
        self.refused("edges/sms_http/gateway.cpp", '"wallet/registry.h"', "identity/*operator*.h")
        self.refused("edges/sms_http/gateway.cpp", '"edges/oidc/discovery.h"', "another edge")
        self.refused("edges/fax/gateway.cpp", '"identity/operator.h"', "EDGE_INTERFACE")

    def test_the_api_sees_what_a_room_offers(self):
        self.accepted("api/privacy/consents.cpp", '"privacy/withdrawal_service.h"')
        self.accepted("api/privacy/consents.cpp", '"privacy/service.h"')
        self.accepted("api/identity/sign_in.cpp", '"identity/session/session_service.h"')
        self.refused("api/identity/sign_in.cpp", '"identity/session/session_store.h"', "use-case headers")
        self.refused("api/privacy/consents.cpp", '"privacy/sql_store.h"', "use-case headers")
        self.refused("api/privacy/consents.cpp", '"vault/vault.h"', "api may include")

    def test_a_library_has_one_room(self):
        self.accepted("crypto/p256.cpp", "<openssl/evp.h>")
        self.accepted("http/tls.cpp", "<openssl/ssl.h>")
        self.refused("wallet/service.cpp", "<openssl/evp.h>", "only in: crypto")
        self.refused("api/wallet/cards.cpp", "<boost/beast.hpp>", "only in: http")
        self.refused("http/problem.cpp", "<boost/json.hpp>", "only in: codec")
        self.refused("core/rng.h", "<absl/strings/str_cat.h>", "without a room")
        self.refused("core/rng.h", "<gtest/gtest.h>", "*_test.cpp")
        self.accepted("core/rng_test.cpp", "<gtest/gtest.h>")

    def test_an_include_is_written_from_src(self):
        self.refused("core/rng.cpp", '"rng.h"', "write includes from src/")

    def test_the_link_line_is_checked(self):
        name = "wallet/CMakeLists.txt"
        self.assertEqual([], self.findings({name: "beresta_room(wallet DEPENDS core vault)"}))
        found = self.findings({name: "\nberesta_room(wallet DEPENDS core privacy LIBRARIES x)"})
        self.assertEqual(1, len(found), found)
        self.assertIn("src/wallet/CMakeLists.txt:2: wallet links privacy", found[0])

    def test_a_folder_that_is_no_room_is_refused(self):
        self.assertIn("no room", self.findings({"utils/text.h": "\n"})[0])
        self.assertIn("lives in a room", self.findings({"main.cpp": "\n"})[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(SelfTest)
        return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1
    found = check(arguments.root)
    print("\n".join(found) if found else "rooms: every arrow points the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
