#!/usr/bin/env python3
"""Fails when a person could be told a reason that locales/problems.json has no words for.

A reason is the dotted name in core::Error. It is found where it is raised (an ErrorCode and a literal
in one statement, or a helper with a `reason` parameter) and where a header promises it. Reasons of
kInternal never leave the server. The other way round, an entry nobody raises is refused too: it would
be translated and reviewed for nothing.

    tools/check_problems.py              check this repository
    tools/check_problems.py --root DIR   check another tree
    tools/check_problems.py --list       print the reasons that need words, and where they are raised
    tools/check_problems.py --self-test  check the checker on small made-up trees
"""
import argparse
import json
import pathlib
import re
import sys
import tempfile
import unittest

LANGUAGES = ("ru", "en")
LENGTHS = {"title": (3, 64), "detail": (10, 320)}
LEVELS = ("phone", "verified")

# Families that no request carries to a person as they are: the room above turns them into a reason of
# its own, or they end the process at start. Should one slip through, the generic text of its
# ErrorCode is shown (http/problem.cpp), which is true of all of them.
FALL_BACK = {
    "audit": "the operation log's own rows",
    "backup": "the command line only",
    "base45": "becomes code.malformed",
    "base64": "a portrait inside a registry's answer: registry.malformed",
    "cbor": "becomes code.malformed",
    "calendar": "a term beyond it is counted without holidays and said to be so",
    "callee": "told to the waiting page as the problem of a delivery",
    "client": "an edge says which service did not answer",
    "config": "start-up and command line",
    "contractors": "start-up",
    "cose_key": "becomes passkey.malformed",
    "webauthn": "becomes passkey.malformed",
    "cose": "becomes code.malformed or the verdict forged",
    "crypto": "our own fault, told as such",
    "delivery": "asked by workers only",
    "depersonalise": "the command line only, which has words of its own in both languages",
    "editions": "start-up",
    "file": "the command line only",
    "gateway": "the operator is called by a worker; operators of the platform read it",
    "informing": "the command line, which has words of its own in both languages, and a worker",
    "issuer": "start-up and command line",
    "jurisdiction": "start-up and command line",
    "jwk": "becomes provider.refused_token",
    "jwks": "becomes provider.refused_token",
    "jws": "becomes provider.refused_token",
    "certificate": "configuration: start-up",
    "esia": "becomes a reason of provider",
    "key": "key files: start-up and command line",
    "log": "the sequencer's, and start-up",
    "mail": "letters are sent by a worker; operators read it",
    "mrz": "no route takes one yet",
    "oauth": "told to relying parties in OAuth's own form (api/openid/oauth_form.cpp)",
    "oidc": "becomes provider.refused_token",
    "operator": "the operator is called by a worker; operators of the platform read it",
    "openid": "the provider's own keys: told to relying parties as server_error",
    "outbox": "written by workers, read by operators",
    "peer": "an edge says which service did not answer",
    "pool": "start-up and command line",
    "problems": "start-up",
    "processing": "start-up and command line",
    "proof": "checked by the command line and by tests",
    "record": "checked by the command line",
    "qr": "pictures are read on the command line only",
    "sip": "the operator is called by a worker; operators of the platform read it",
    "export": "checked by the command line",
    "source": "the command line",
    "smpp": "the operator is called by a worker; operators of the platform read it",
    "trust": "a checker's own list, on the command line",
}
# The same for single reasons of families that do reach people.
FALL_BACK_REASONS = frozenset({
    "staff.no_such_role", "staff.role_unknown",  # the command line only
    "http.address_malformed", "http.listen", "http.route_invalid", "http.static_root",
    "http.tls_files", "store.config", "store.migration_edited", "store.migration_missing",
    "store.migration_order", "store.place_differs", "store.url",
})

REASON = re.compile(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"')
CODE = re.compile(r"\bk(InvalidInput|Unauthenticated|Forbidden|NotFound|Conflict|Limited|Unavailable|"
                  r"Internal)\b")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
STRING_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|//[^\n]*|/\*.*?\*/', re.S)
HELPER = re.compile(r"\b(\w+)\((?:[^()]*,\s*)?(?:const char\s*\*|(?:const )?std::string(?:_view)?&?)"
                    r"\s*(?:const\s+)?reason\b[^()]*\)[^;{]*\{")
EXCLAMATION_OR_EMOJI = re.compile("[!\u2757\u2755\u2600-\u27bf\U0001f000-\U0001faff]")


def sources(root):
    for path in sorted((root / "src").rglob("*")):
        # The command line has sentences of its own and nobody behind a browser.
        if path.is_relative_to(root / "src" / "app" / "cli"):
            continue
        test = path.stem.endswith(("_test", "_test_support", "_bench")) or "testing" in path.parts
        if path.suffix in (".cpp", ".h") and not test:
            yield path


def without_comments(text):
    """The code with comments blanked; offsets stay."""
    def blank(match):
        found = match.group(0)
        return found if found[0] in "\"'" else re.sub(r"[^\n]", " ", found)
    return STRING_OR_COMMENT.sub(blank, text)


def statement_before(code, at):
    """What stands between the last statement's end and `at`, without string contents."""
    start = max(code.rfind(";", 0, at), at - 400, 0)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code[start:at])


def helpers_of(code):
    """Functions that make an Error of a reason they are given: name -> code, or None if not said."""
    found = {}
    for match in HELPER.finditer(code):
        body = code[match.end():match.end() + 400].split("\n}", 1)[0]
        named = CODE.search(body)
        found[match.group(1)] = named.group(1) if named else None
    return found


def raised_in(code, helpers):
    """(reason, error code or None, offset) of each literal that is raised as a reason."""
    for match in REASON.finditer(code):
        before = statement_before(code, match.start())
        codes = CODE.findall(before)
        if codes:
            yield match.group(1), codes[-1], match.start()
            continue
        call = re.search(r"\b(\w+)\(\s*(?:[^();]*[?:,]\s*)?$", before)
        if call and call.group(1) in helpers:
            yield match.group(1), helpers[call.group(1)], match.start()


def promised_in(text):
    """(reason, error code, offset) of each reason a header's comment documents with its code."""
    # Neighbouring lines of // are one comment, and a reason may stand a line below its code.
    for block in re.finditer(r"(?:[ \t]*//[^\n]*\n)+", text):
        code = None
        for token in re.finditer(CODE.pattern + "|" + REASON.pattern, block.group(0)):
            if token.group(1):
                code = token.group(1)
            elif code:
                yield token.group(2), code, block.start() + token.start()


def reasons_of(root):
    """reason -> (set of error codes, first place)."""
    texts = {path: path.read_text(encoding="utf-8") for path in sources(root)}
    codes = {path: without_comments(text) for path, text in texts.items()}
    found = {}

    def note(path, reason, code, offset):
        line = texts[path].count("\n", 0, offset) + 1
        known, place = found.get(reason, (set(), f"{path.relative_to(root)}:{line}"))
        found[reason] = (known | {code}, place)

    for path, code in codes.items():
        for reason, error_code, offset in raised_in(code, helpers_of(code)):
            note(path, reason, error_code, offset)
        if path.suffix == ".h":
            for reason, error_code, offset in promised_in(texts[path]):
                note(path, reason, error_code, offset)
    return found


def needs_words(reason, codes):
    if codes == {"Internal"}:
        return False
    return reason.split(".", 1)[0] not in FALL_BACK and reason not in FALL_BACK_REASONS


def check_text(where, text):
    if not isinstance(text, dict) or set(text) != set(LENGTHS):
        return [f"{where}: wants exactly title and detail"]
    wrong = []
    for part, (least, most) in LENGTHS.items():
        value = text[part]
        if not isinstance(value, str) or not least <= len(value) <= most:
            wrong.append(f"{where}.{part}: {least} to {most} characters")
            continue
        if EXCLAMATION_OR_EMOJI.search(value):
            wrong.append(f"{where}.{part}: no exclamation mark and no emoji")
        if value != value.strip() or "  " in value or "\n" in value:
            wrong.append(f"{where}.{part}: stray white space")
        if value.endswith(".") != (part == "detail"):
            wrong.append(f"{where}.{part}: a title ends without a full stop, a detail with one")
    return wrong


def check_entry(reason, entry):
    if not isinstance(entry, dict) or not set(LANGUAGES) <= set(entry):
        return [f"{reason}: wants {' and '.join(LANGUAGES)}"]
    wrong = []
    for language in LANGUAGES:
        wrong += check_text(f"{reason}.{language}", entry[language])
    for name in set(entry) - set(LANGUAGES) - {"required_level"}:
        wrong.append(f"{reason}: unknown member {name}")
    if entry.get("required_level", LEVELS[0]) not in LEVELS:
        wrong.append(f"{reason}.required_level: one of {', '.join(LEVELS)}")
    if not wrong and not re.search("[а-яё]", entry["ru"]["title"] + entry["ru"]["detail"], re.I):
        wrong.append(f"{reason}.ru: is not Russian")
    if not wrong and re.search("[а-яё]", entry["en"]["title"] + entry["en"]["detail"], re.I):
        wrong.append(f"{reason}.en: is not English")
    return wrong


def refuse_doubles(pairs):
    names = [name for name, _ in pairs]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError("twice: " + ", ".join(doubled))
    return dict(pairs)


def check(root):
    path = root / "locales" / "problems.json"
    try:
        catalogue = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_doubles)
    except (OSError, ValueError) as error:
        return [f"{path}: {error}"]
    found = reasons_of(root)
    wrong = []
    for reason, (codes, place) in sorted(found.items()):
        if needs_words(reason, codes) and reason not in catalogue:
            wrong.append(f"{place}: {reason} has no words in locales/problems.json")
    for reason, entry in catalogue.items():
        if reason not in found:
            wrong.append(f"locales/problems.json: nothing raises {reason}")
        wrong += check_entry(reason, entry)
    if list(catalogue) != sorted(catalogue):
        wrong.append("locales/problems.json: entries stand in the order of their names")
    return wrong


class SelfTest(unittest.TestCase):
    GOOD = {"ru": {"title": "Такого нет", "detail": "Проверьте адрес и повторите."},
            "en": {"title": "No such thing", "detail": "Check the address and try again."}}
    RAISE = 'auto f() { return fail(ErrorCode::kNotFound, "thing.unknown"); }\n'

    def run_on(self, files, catalogue):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**files, "locales/problems.json": json.dumps(catalogue)}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return check(root)

    def entry(self, **changes):
        entry = json.loads(json.dumps(self.GOOD))
        for place, value in changes.items():
            language, part = place.split("_")
            entry[language][part] = value
        return entry

    def test_accepts_what_is_complete(self):
        self.assertEqual(self.run_on({"src/a/b.cpp": self.RAISE}, {"thing.unknown": self.GOOD}), [])

    def test_wants_words_for_what_is_raised(self):
        wrong = self.run_on({"src/a/b.cpp": self.RAISE}, {})
        self.assertEqual(len(wrong), 1)
        self.assertIn("src/a/b.cpp:1: thing.unknown", wrong[0])

    def test_sees_both_sides_of_a_choice_and_the_nearest_code(self):
        code = ('x = a ? fail(ErrorCode::kInternal, "in.side") : fail(ErrorCode::kConflict,\n'
                '   b ? "out.one" : "out.two");\n')
        wrong = "\n".join(self.run_on({"src/a/b.cpp": code}, {}))
        self.assertIn("out.one", wrong)
        self.assertIn("out.two", wrong)
        self.assertNotIn("in.side", wrong)

    def test_sees_through_helpers(self):
        code = ('core::Error limited(std::string_view reason, int s) {\n'
                '  return {ErrorCode::kLimited, std::string(reason)};\n}\n'
                'auto f() { return fail(limited("too.many", 3)); }\n')
        self.assertIn("too.many", "".join(self.run_on({"src/a/b.cpp": code}, {})))

    def test_believes_what_a_header_promises(self):
        header = '/// Errors: kLimited with retry_after_s,\n///   "too.many".\nint f();\n'
        self.assertIn("too.many", "".join(self.run_on({"src/a/b.h": header}, {})))

    def test_leaves_internal_and_other_dotted_words_alone(self):
        code = ('// fail(ErrorCode::kNotFound, "only.comment")\n'
                'constexpr Query kQ{"table.find", "SELECT 1"};\n'
                'auto f() { return fail(ErrorCode::kInternal, "own.fault"); }\n'
                'auto g() { return record(unit, {id, "session.closed"}); }\n')
        self.assertEqual(self.run_on({"src/a/b.cpp": code}, {}), [])

    def test_leaves_tests_and_the_command_line_alone(self):
        files = {"src/a/b_test.cpp": self.RAISE, "src/app/cli/b.cpp": self.RAISE}
        self.assertEqual(self.run_on(files, {}), [])

    def test_refuses_an_entry_without_use(self):
        wrong = self.run_on({"src/a/b.cpp": ""}, {"thing.unknown": self.GOOD})
        self.assertIn("nothing raises thing.unknown", wrong[0])

    def test_refuses_bad_texts(self):
        for change in ({"ru_title": "Нет!"}, {"en_detail": "x"}, {"ru_detail": "д" * 321 + "."},
                       {"en_title": "No such thing."}, {"en_detail": "Check it and try again"},
                       {"ru_title": "No such thing", "ru_detail": "Check the address again."},
                       {"en_title": "Такого нет"}, {"ru_detail": "Проверьте  адрес и повторите."}):
            with self.subTest(change):
                wrong = self.run_on({"src/a/b.cpp": self.RAISE},
                                    {"thing.unknown": self.entry(**change)})
                self.assertEqual(len(wrong), 1, wrong)

    def test_refuses_a_missing_language_an_unknown_member_and_level(self):
        for entry in ({"ru": self.GOOD["ru"]}, {**self.GOOD, "de": self.GOOD["en"]},
                      {**self.GOOD, "required_level": "high"}):
            with self.subTest(entry):
                self.assertEqual(
                    len(self.run_on({"src/a/b.cpp": self.RAISE}, {"thing.unknown": entry})), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[1])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        result = unittest.TextTestRunner().run(
            unittest.defaultTestLoader.loadTestsFromTestCase(SelfTest))
        return 0 if result.wasSuccessful() else 1
    root = arguments.root.resolve()
    if arguments.list:
        for reason, (codes, place) in sorted(reasons_of(root).items()):
            if needs_words(reason, codes):
                print(f"{reason:36} {'/'.join(sorted(map(str, codes))):24} {place}")
        return 0
    wrong = check(root)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"check_problems: {len(wrong)} wrong" if wrong else "check_problems: ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
