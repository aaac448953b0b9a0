"""The kernel by the protocol's letter, with a client that looks at every frame: `make test-notebook`."""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from client import DELIMITER, GAN, Client, Kernel, kinds, text

TRAINING = """
use gan
seed 1
G = net { dense 16; tanh; dense 2 }
D = net { dense 16; leaky_relu; dense 1 }
run = gan(G, D, swissroll(), noise: 2, batch: 64)
"""


class Served(unittest.TestCase):
    """Tests that share a kernel."""

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()
        cls.client = cls.kernel.client()
        cls.client.wait_until_ready()

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.kernel.kill()

    def run_cell(self, code, **changes):
        return self.client.run(code, **changes)


class Order(Served):
    def test_busy_first_idle_last(self):
        for code in ["1 + 1", 'print "a"', "nothing", "", "x = (", "use gan", "error 3"]:
            _, outputs = self.run_cell(code)
            self.assertEqual(outputs[0].state, "busy", code)
            self.assertEqual(outputs[-1].state, "idle", code)
            self.assertEqual(sum(m.type == "status" for m in outputs), 2, code)

    def test_lines_go_before_displays_and_results(self):
        code = 'print 1\nshow image(tensor([[0, 1]]))\nprint 2\nnote "three"\nprint 4\n5'
        _, outputs = self.run_cell(code)
        self.assertEqual(
            [(m.type, m.content.get("text")) for m in outputs[2:-1]],
            [("stream", "1\n"), ("display_data", None), ("stream", "2\n"), ("stream", "three\n"), ("stream", "4\n"), ("execute_result", None)])

    def test_lines_go_before_errors(self):
        _, outputs = self.run_cell("print 1\nnothing")
        self.assertEqual(kinds(outputs), ["busy", "execute_input", "stream", "error", "idle"])

    def test_no_line_is_lost_or_out_of_order(self):
        reply, outputs = self.run_cell("for i in 1..30001 { print i }")
        self.assertEqual(reply.content["status"], "ok")
        self.assertEqual(text(outputs), "".join(f"{i}\n" for i in range(1, 30001)))
        self.assertLess(len(outputs), 1000)

    def test_streams_keep_their_order(self):
        _, outputs = self.run_cell('for i in 1..201 { print i; note "{i}" }')
        lines = [(m.content["name"], m.content["text"]) for m in outputs if m.type == "stream"]
        self.assertEqual("".join(t for _, t in lines), "".join(f"{i}\n{i}\n" for i in range(1, 201)))

    def test_fragments_go_on(self):
        _, outputs = self.run_cell('print "a", end: ""\nprint "b"')
        self.assertEqual(text(outputs), "ab\n")

    def test_parent_headers_come_back_as_they_were(self):
        raw = b'{"msg_id": "x\\u00e9-1",  "zeta": [1.50, 2e3], "msg_type": "kernel_info_request", "session": "s", "username": "u", "version": "5.0", "date": "2026-01-01T00:00:00Z"}'
        self.client.sockets["shell"].send_multipart(self.client.frames(None, {}, raw_header=raw))
        reply = self.client.next("shell")
        self.assertEqual(reply.raw_parent, raw)
        status = self.client.until(lambda m: m.state == "idle")
        self.assertTrue(all(m.raw_parent == raw for m in status))

    def test_every_message_has_its_own_name(self):
        self.run_cell("for i in 1..5 { show image(tensor([[0, 1]])) }")
        names = [m.header["msg_id"] for m in self.client.seen]
        self.assertEqual(len(names), len(set(names)))

    def test_all_are_of_one_session_and_dated(self):
        self.run_cell("1")
        self.assertEqual(len({m.header["session"] for m in self.client.seen}), 1)
        for message in self.client.seen:
            self.assertRegex(message.header["date"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
            self.assertRegex(message.header["version"], r"^5\.\d$")

    def test_topics_name_the_type(self):
        _, outputs = self.run_cell("1")
        for message in outputs:
            self.assertEqual(message.identities, [message.type.encode()])

    def test_requests_are_answered_in_their_order(self):
        names = [self.client.execute(f"value_{i} = {i}; value_{i}") for i in range(30)]
        replies = [self.client.next("shell") for _ in names]
        self.assertEqual([m.parent["msg_id"] for m in replies], names)
        self.client.outputs(names[-1])

    def test_questions_behind_a_short_cell_see_what_it_made(self):
        name = self.client.execute("quite_new_name = 1")
        found = self.client.ask("complete_request", {"code": "quite_n", "cursor_pos": 7})
        self.assertEqual(found["matches"], ["quite_new_name"])
        self.client.outputs(name)


class Execution(Served):
    def count(self):
        return self.run_cell("0")[0].content["execution_count"]

    def test_counts(self):
        before = self.count()
        self.assertEqual(self.run_cell("1")[0].content["execution_count"], before + 1)
        self.assertEqual(self.run_cell("1", store_history=False)[0].content["execution_count"], before + 1)
        self.assertEqual(self.run_cell("1", silent=True)[0].content["execution_count"], before + 1)
        self.assertEqual(self.run_cell("")[0].content["execution_count"], before + 1)
        self.assertEqual(self.run_cell("  \n ")[0].content["execution_count"], before + 1)
        self.assertEqual(self.run_cell("nothing")[0].content["execution_count"], before + 2)
        self.assertEqual(self.run_cell("1")[0].content["execution_count"], before + 3)

    def test_input_is_told_with_its_count(self):
        reply, outputs = self.run_cell("2 + 3")
        told = [m for m in outputs if m.type == "execute_input"][0].content
        self.assertEqual(told, {"code": "2 + 3", "execution_count": reply.content["execution_count"]})

    def test_silent_cells_say_nothing(self):
        reply, outputs = self.run_cell('print 1; show image(tensor([[0]])); 2', silent=True)
        self.assertEqual(kinds(outputs), ["busy", "idle"])
        self.assertEqual(reply.content["status"], "ok")
        reply, outputs = self.run_cell("nothing", silent=True)
        self.assertEqual(kinds(outputs), ["busy", "idle"])
        self.assertEqual(reply.content["status"], "error")

    def test_the_last_value_is_the_result(self):
        _, outputs = self.run_cell("1\n2\n3")
        self.assertEqual([m.content["data"]["text/plain"] for m in outputs if m.type == "execute_result"], ["3"])
        _, outputs = self.run_cell("4;")
        self.assertNotIn("execute_result", kinds(outputs))
        _, outputs = self.run_cell("x = 4")
        self.assertNotIn("execute_result", kinds(outputs))

    def test_the_last_result_is_kept(self):
        self.run_cell("20 + 1")
        _, outputs = self.run_cell("_ * 2")
        self.assertEqual(outputs[2].content["data"]["text/plain"], "42")
        _, outputs = self.run_cell("|> sqrt")
        self.assertTrue(outputs[2].content["data"]["text/plain"].startswith("6.48"))

    def test_errors_name_the_cell_and_the_line(self):
        reply, outputs = self.run_cell("x = 1\n\ny = [1, 2][7]")
        error = [m for m in outputs if m.type == "error"][0].content
        for content in (error, reply.content):
            self.assertTrue(content["evalue"])
            lines = "\n".join(content["traceback"])
            self.assertIn(f"cell {reply.content['execution_count']}:3:", lines)
            self.assertIn("\x1b[", lines)
            self.assertIn("y = [1, 2][7]", lines)

    def test_errors_of_a_function_name_both_cells(self):
        first = self.run_cell("fn broken(x) {\n  x + none\n}")[0].content["execution_count"]
        reply, _ = self.run_cell("broken(3)")
        lines = "\n".join(reply.content["traceback"])
        self.assertIn(f"cell {first}:2:", lines)
        self.assertIn(f"cell {first + 1}:1:", lines)

    def test_errors_of_the_text_are_errors(self):
        for code in ["x = (", "1 1", 'print "a', "fn"]:
            reply, outputs = self.run_cell(code)
            self.assertEqual(reply.content["status"], "error", code)
            self.assertEqual(sum(m.type == "error" for m in outputs), 1, code)

    def test_expressions_of_the_user(self):
        reply, _ = self.run_cell("a = 20", user_expressions={"b": "a + 1", "c": "nothing", "d": "print 3", "e": "[{x: 1}]"})
        values = reply.content["user_expressions"]
        self.assertEqual(values["b"], {"status": "ok", "data": {"text/plain": "21"}, "metadata": {}})
        self.assertEqual(values["c"]["status"], "error")
        self.assertIn("nothing", values["c"]["evalue"])
        self.assertEqual(values["d"]["data"], {"text/plain": "none"})
        self.assertIn("text/html", values["e"]["data"])
        self.assertNotIn("user_expressions", self.run_cell("nothing", user_expressions={"b": "1"})[0].content)

    def test_notes_are_beside_the_results(self):
        _, outputs = self.run_cell('note "aside"')
        self.assertEqual(text(outputs, "stderr"), "aside\n")

    def test_lines_for_a_shell_are_told_apart(self):
        for code, words in [
            ("ls", 'files("*")'), ("!ls -l", 'files("*")'), ("!pip install torch\n1 + 1", "typed in a shell"), ("git status", "typed in a shell"),
            ("history", "a command of the prompt"),
        ]:
            reply, _ = self.run_cell(code)
            self.assertEqual(reply.content["status"], "error", code)
            self.assertIn(words, " ".join(reply.content["traceback"]), code)

    def test_pictures_tables_and_plots(self):
        for code, kind, forms in [
            ("show image(tensor([[0, 1]]))", "display_data", {"image/png"}), ("plot [1, 2]", "display_data", {"image/png", "image/svg+xml"}),
            ("[{a: 1}, {a: 2}]", "execute_result", {"text/html"}), ("image(tensor([[0, 1]]))", "execute_result", {"image/png"}),
        ]:
            _, outputs = self.run_cell("use gan\n" + code)
            data = [m for m in outputs if m.type == kind][0].content["data"]
            self.assertTrue(forms | {"text/plain"} <= set(data), (code, set(data)))

    def test_help_alone_is_paged(self):
        reply, outputs = self.run_cell("print?")
        self.assertEqual(kinds(outputs), ["busy", "execute_input", "idle"])
        self.assertIn("Writes values", reply.content["payload"][0]["data"]["text/plain"])
        reply, outputs = self.run_cell("help print", allow_stdin=False)
        self.assertEqual(reply.content["payload"], [])
        self.assertIn("Writes values", text(outputs))
        reply, outputs = self.run_cell("help print\nprint 7")
        self.assertEqual(reply.content["payload"], [])
        self.assertTrue(text(outputs).endswith("7\n") and "Writes values" in text(outputs))

    def test_output_is_cleared(self):
        _, outputs = self.run_cell("print 1\nclear_output()\nprint 2")
        self.assertEqual(kinds(outputs), ["busy", "execute_input", "stream", "clear_output", "stream", "idle"])

    def test_paths_are_those_of_the_folder(self):
        with open(self.kernel.folder + "/own.gan", "w") as file:
            file.write("fn of_own() = 77\n")
        _, outputs = self.run_cell('use "own.gan"\nof_own()')
        self.assertEqual(outputs[-2].content["data"]["text/plain"], "77")

    def test_very_much_text_ends(self):
        _, outputs = self.run_cell('line = join(map(1..200, i -> "abcde"), "")\nfor i in 1..12001 { print i, line }', seconds=60)
        said = text(outputs)
        self.assertLess(len(said), 9_000_000)
        self.assertTrue(said.startswith("1 abcde") and said.rstrip().split("\n")[-1].startswith("12000 "))
        self.assertRegex(text(outputs, "stderr"), r"… \d+ lines left out …")


class Abortion(Served):
    def release(self):
        """Lets the cell go on that waits for a line."""
        self.client.next("stdin")
        self.client.send("stdin", "input_reply", {"value": ""})

    def statuses(self, codes, **changes):
        names = self.client.execute_all(codes, **changes)
        if any("input" in code for code in codes):
            self.release()
        found = {}
        while len(found) < len(names):
            message = self.client.next("shell")
            found[message.parent["msg_id"]] = message.content["status"]
        self.client.outputs(names[-1])
        return [found[name] for name in names]

    def test_cells_behind_an_error_are_not_run(self):
        self.assertEqual(self.statuses(["1", "input(); nothing", "a_1 = 1", "a_2 = 1"]), ["ok", "error", "aborted", "aborted"])
        self.assertEqual(self.run_cell("a_1")[0].content["status"], "error")

    def test_also_where_the_error_comes_at_once(self):
        for _ in range(20):
            self.assertEqual(self.statuses(["nothing", "1", "2"]), ["error", "aborted", "aborted"])

    def test_the_next_cell_is_run(self):
        for _ in range(20):
            self.assertEqual(self.run_cell("nothing")[0].content["status"], "error")
            self.assertEqual(self.run_cell("1")[0].content["status"], "ok")

    def test_unless_they_are_to_be_run(self):
        self.assertEqual(self.statuses(["nothing", "1"], stop_on_error=False), ["error", "ok"])

    def test_questions_are_answered_all_the_same(self):
        name = self.client.execute("input(); nothing")
        question = self.client.send("shell", "is_complete_request", {"code": "1"})
        self.release()
        found = {m.parent["msg_id"]: m.content["status"] for m in [self.client.next("shell"), self.client.next("shell")]}
        self.assertEqual((found[name], found[question]), ("error", "complete"))
        self.client.until(lambda m: m.type == "error")
        self.run_cell("1")

    def test_aborted_ones_are_busy_and_idle(self):
        first, name = self.client.execute("input(); nothing"), self.client.execute("1")
        self.release()
        self.client.reply(first)
        self.assertEqual(kinds(self.client.outputs(name)), ["busy", "idle"])
        self.client.reply(name)


class Questions(Served):
    def complete(self, code, cursor=None):
        return self.client.ask("complete_request", {"code": code, "cursor_pos": len(code) if cursor is None else cursor})

    def test_kernel_info_on_both_channels(self):
        first, second = self.client.ask("kernel_info_request"), self.client.ask("kernel_info_request", channel="control")
        self.assertEqual(first, second)
        self.assertEqual(first["language_info"]["name"], "gan")
        self.assertEqual(first["language_info"]["file_extension"], ".gan")
        self.assertEqual(first["status"], "ok")
        self.assertTrue({"protocol_version", "implementation", "implementation_version", "banner", "debugger"} <= set(first))

    def test_cursors_count_code_points(self):
        found = self.complete("λ₁ = 🎲 + zero")
        self.assertEqual((found["cursor_start"], found["cursor_end"]), (9, 13))
        self.assertIn("zeros", found["matches"])
        code = 'x = "🎲🎲"; prin; y'
        found = self.complete(code, code.index("prin") + 4)
        self.assertEqual((found["cursor_start"], found["cursor_end"]), (code.index("prin"), code.index("prin") + 4))

    def test_names_with_signs_are_completed(self):
        self.run_cell("λ₁ = 5")
        found = self.complete("2 * λ")
        self.assertIn("λ₁", found["matches"])
        self.assertEqual(found["cursor_start"], 4)

    def test_fields_arguments_and_modules(self):
        self.run_cell("r = {alpha: 1, beta: 2}")
        self.assertEqual(self.complete("r.")["matches"], ["alpha", "beta"])
        self.assertEqual(self.complete("round(2.5, de")["matches"], ["decimals: "])
        self.assertIn("dragan", self.complete("use dra")["matches"])

    def test_kinds_are_told(self):
        types = self.complete("prin")["metadata"]["_jupyter_types_experimental"]
        self.assertEqual([(t["type"], t["start"], t["end"]) for t in types if t["text"] == "print"], [("function", 0, 4)])

    def test_odd_cursors_do_no_harm(self):
        for cursor in [-5, 0, 10**9, None, "a", 1.5]:
            self.assertEqual(self.client.ask("complete_request", {"code": "prin", "cursor_pos": cursor})["status"], "ok")
            self.assertEqual(self.client.ask("inspect_request", {"code": "prin", "cursor_pos": cursor})["status"], "ok")

    def test_inspection(self):
        found = self.client.ask("inspect_request", {"code": "print 1", "cursor_pos": 3, "detail_level": 0})
        self.assertTrue(found["found"])
        self.assertIn("Writes values", found["data"]["text/plain"])
        self.assertIn("text/html", found["data"])
        found = self.client.ask("inspect_request", {"code": "print(1, ", "cursor_pos": 9, "detail_level": 0})
        self.assertIn("print(values…", found["data"]["text/plain"])
        found = self.client.ask("inspect_request", {"code": "no_such_name", "cursor_pos": 3})
        self.assertEqual((found["status"], found["found"], found["data"]), ("ok", False, {}))

    def test_inspection_of_own_functions(self):
        self.run_cell("## Doubles a number.\nfn doubled(x) {\n  2 * x\n}")
        found = self.client.ask("inspect_request", {"code": "doubled", "cursor_pos": 7, "detail_level": 0})["data"]["text/plain"]
        self.assertIn("Doubles a number.", found)
        self.assertNotIn("2 * x", found)
        found = self.client.ask("inspect_request", {"code": "doubled", "cursor_pos": 7, "detail_level": 1})["data"]["text/plain"]
        self.assertIn("2 * x", found)

    def test_completeness(self):
        for code, status, indent in [
            ("1 + 1", "complete", None), ("fn f(x) {", "incomplete", "  "), ("f(", "incomplete", "  "), ("x = )", "invalid", None), ("", "complete", None),
        ]:
            found = self.client.ask("is_complete_request", {"code": code})
            self.assertEqual((found["status"], found.get("indent")), (status, indent), code)

    def test_history(self):
        for code in ["h_1 = 1", "h_2 = 2", "h_1 = 1"]:
            self.run_cell(code)
        self.run_cell("hidden = 1", store_history=False)
        ask = lambda **content: [entry[2] for entry in self.client.ask("history_request", {"output": False, "raw": True, **content})["history"]]
        self.assertEqual(ask(hist_access_type="tail", n=3), ["h_1 = 1", "h_2 = 2", "h_1 = 1"])
        self.assertEqual(ask(hist_access_type="search", pattern="h_*", unique=True), ["h_2 = 2", "h_1 = 1"])
        self.assertEqual(ask(hist_access_type="search", pattern="h_?*2"), ["h_2 = 2"])
        line = self.client.ask("history_request", {"hist_access_type": "tail", "n": 1})["history"][0][1]
        self.assertEqual(ask(hist_access_type="range", session=0, start=line - 1, stop=line), ["h_2 = 2"])

    def test_comms(self):
        self.assertEqual(self.client.ask("comm_info_request"), {"status": "ok", "comms": {}})
        name = self.client.send("shell", "comm_open", {"comm_id": "c1", "target_name": "none", "data": {}})
        outputs = self.client.outputs(name)
        self.assertEqual(kinds(outputs), ["busy", "comm_close", "idle"])
        self.assertEqual(outputs[1].content["comm_id"], "c1")
        for kind in ["comm_msg", "comm_close"]:
            self.assertEqual(kinds(self.client.outputs(self.client.send("shell", kind, {"comm_id": "c1", "data": {}}))), ["busy", "idle"])

    def test_unknown_requests_are_busy_and_idle(self):
        for channel in ["shell", "control"]:
            name = self.client.send(channel, "no_such_request", {})
            self.assertEqual(kinds(self.client.outputs(name)), ["busy", "idle"])
            self.assertIsNone(self.client.next(channel, 0.1))

    def test_debugging_is_refused(self):
        found = self.client.ask("debug_request", {"type": "request", "seq": 7, "command": "initialize"}, "control")
        self.assertEqual((found["success"], found["request_seq"], found["command"], found["status"]), (False, 7, "initialize", "error"))

    def test_usage(self):
        found = self.client.ask("usage_request", {}, "control")
        self.assertEqual(found["pid"], self.kernel.process.pid)
        self.assertGreater(found["kernel_memory"], 1_000_000)
        self.assertGreater(found["host_virtual_memory"]["total"], found["kernel_memory"])


class Signatures(Served):
    def test_wrong_ones_are_dropped(self):
        name = self.client.send("shell", "execute_request", {"code": "stolen = 1"}, key=b"another key")
        frames = self.client.frames(self.client.header("execute_request"), {"code": "stolen = 1"})
        for place in range(1, 6):
            changed = list(frames)
            changed[place] = changed[place] + b" "
            self.client.sockets["shell"].send_multipart(changed)
        unsigned = list(frames)
        unsigned[1] = b""
        self.client.sockets["shell"].send_multipart(unsigned)
        self.assertEqual(self.run_cell("stolen")[0].content["status"], "error")
        self.assertNotIn(name, [m.parent.get("msg_id") for m in self.client.seen])

    def test_all_of_its_own_are_right(self):
        self.run_cell("print 1\nshow image(tensor([[0]]))\nnothing")
        self.assertGreater(len(self.client.seen), 5)

    def test_without_a_key_nothing_is_signed(self):
        kernel = Kernel(key="")
        client = kernel.client()
        client.wait_until_ready()
        self.assertEqual(client.run("1 + 1")[0].content["status"], "ok")
        self.assertTrue(all(m.signature == b"" for m in client.seen))
        client.close()
        kernel.kill()

    def test_mangled_frames(self):
        chance = random.Random(1)
        whole = self.client.frames(self.client.header("execute_request"), {"code": "hurt = 1", "silent": True})
        before = self.kernel.memory()
        for number in range(100_000):
            frames = list(whole)
            for _ in range(chance.randrange(1, 4)):
                place = chance.randrange(len(frames))
                kind = chance.randrange(6)
                if kind == 0 and len(frames) > 1:
                    del frames[place]
                elif kind == 1:
                    frames.insert(place, chance.randbytes(chance.randrange(20)))
                elif kind == 2:
                    frames[place] = chance.randbytes(chance.randrange(40))
                elif kind == 3 and frames[place]:
                    cut = chance.randrange(len(frames[place]))
                    frames[place] = frames[place][:cut]
                elif kind == 4:
                    frames[place] = DELIMITER
                else:
                    frames[place] = frames[place] + b"\xff"
            # Identities before it and buffers behind it leave a message what it is.
            if DELIMITER in frames and frames[frames.index(DELIMITER):][:6] == whole:
                continue
            channel = chance.choice(["shell", "control", "stdin"])
            self.client.sockets[channel].send_multipart(frames)
        self.assertEqual(self.run_cell("hurt")[0].content["status"], "error")
        self.assertTrue(self.client.beat())
        self.assertLess(self.kernel.memory() - before, 100_000_000)

    def test_signed_nonsense_is_survived(self):
        import hashlib
        import hmac
        chance = random.Random(2)
        values = [None, True, -1, 1e300, "", "a" * 1000, [], {}, [[[]]], {"a": {"b": []}}]
        types = ["execute_request", "complete_request", "inspect_request", "history_request", "is_complete_request", "comm_open", "comm_msg", "comm_close", "kernel_info_request",
                 "create_subshell_request", "delete_subshell_request", "list_subshell_request", "usage_request", "debug_request", "comm_info_request", "input_reply", "interrupt_request"]
        fields = ["code", "cursor_pos", "silent", "store_history", "user_expressions", "allow_stdin", "n", "start", "stop", "session", "pattern", "comm_id",
                  "hist_access_type", "output", "value", "detail_level", "data", "target_name", "subshell_id"]
        for number in range(2_000):
            content = {field: chance.choice(values) for field in chance.sample(fields, chance.randrange(6))}
            kind = chance.choice(types)
            if kind == "execute_request":
                content.update(allow_stdin=False, stop_on_error=False)
            self.client.send(chance.choice(["shell", "control", "stdin"]), kind, content)
        for raw in [b"", b"[", b"3", b"{}", b'{"msg_type": 3}', b"[" * 100_000, b'{"msg_id": "a", "msg_type": "execute_request"'] :
            parts = [raw, b"{}", b"{}", b"{}"]
            self.client.sockets["shell"].send_multipart([DELIMITER, hmac.new(self.kernel.key, b"".join(parts), hashlib.sha256).hexdigest().encode(), *parts])
        self.assertEqual(self.run_cell("1 + 1", stop_on_error=False)[0].content["status"], "ok")


class Input(Served):
    def answer(self, code, *lines, **changes):
        name = self.client.execute(code, **changes)
        prompts = []
        for line in lines:
            request = self.client.next("stdin")
            self.assertEqual((request.type, request.parent["msg_id"]), ("input_request", name))
            prompts.append(request.content["prompt"])
            self.client.send("stdin", "input_reply", {"value": line, "status": "ok"})
        return self.client.reply(name), self.client.outputs(name), prompts

    def test_lines_are_asked_for(self):
        reply, outputs, prompts = self.answer('a = input("name? ")\nb = input()\nprint a + b', "é🎲", "")
        self.assertEqual((text(outputs), prompts), ("é🎲\n", ["name? ", ""]))

    def test_what_was_printed_goes_before(self):
        name = self.client.execute('print "before"\ninput("?")')
        self.client.next("stdin")
        self.assertEqual(text(self.client.until(lambda m: m.type == "stream")), "before\n")
        self.client.send("stdin", "input_reply", {"value": "x"})
        self.client.outputs(name)
        self.client.reply(name)

    def test_the_end_of_the_input(self):
        reply, outputs, _ = self.answer("input() == none", None)
        self.assertEqual([m for m in outputs if m.type == "execute_result"][0].content["data"]["text/plain"], "true")

    def test_where_nobody_can_be_asked(self):
        reply, _ = self.run_cell("input()", allow_stdin=False)
        self.assertEqual(reply.content["evalue"], "nobody can be asked here")

    def test_an_interrupt_ends_the_question(self):
        name = self.client.execute("input()")
        self.client.next("stdin")
        self.client.ask("interrupt_request", channel="control")
        self.assertEqual(self.client.reply(name).content["ename"], "interrupted")
        self.client.outputs(name)

    def test_questions_meanwhile_are_answered(self):
        self.run_cell("asked_meanwhile = 1")
        name = self.client.execute("input()")
        self.client.next("stdin")
        self.assertEqual(self.client.ask("complete_request", {"code": "asked_mean", "cursor_pos": 10})["matches"], ["asked_meanwhile"])
        self.client.send("stdin", "input_reply", {"value": "x"})
        self.client.reply(name)
        self.client.outputs(name)

    def test_answers_without_a_question_are_dropped(self):
        self.client.send("stdin", "input_reply", {"value": "old"})
        time.sleep(0.05)
        _, outputs, _ = self.answer("print input()", "new")
        self.assertEqual(text(outputs), "new\n")


class Interrupts(Served):
    def interrupted(self, code, times, pause, by_signal=False):
        """How long each took, in seconds."""
        spent = []
        chance = random.Random(3)
        for _ in range(times):
            name = self.client.execute(code)
            self.client.until(lambda m: m.state == "busy" and m.parent.get("msg_id") == name)
            time.sleep(pause * chance.random())
            start = time.time()
            if by_signal:
                self.kernel.interrupt_by_signal()
            else:
                self.client.send("control", "interrupt_request")
            reply = self.client.reply(name)
            spent.append(time.time() - start)
            self.assertEqual((reply.content["status"], reply.content["ename"]), ("error", "interrupted"))
            if not by_signal:
                self.assertEqual(self.client.next("control").content["status"], "ok")
            self.client.outputs(name)
        return spent

    def test_loops(self):
        self.interrupted("while true { }", 100, 0.005)

    def test_sleep(self):
        self.interrupted("sleep 60", 100, 0.005)

    def test_input(self):
        for _ in range(100):
            name = self.client.execute("input()")
            self.client.next("stdin")
            self.client.send("control", "interrupt_request")
            self.assertEqual(self.client.reply(name).content["ename"], "interrupted")
            self.client.next("control")
            self.client.outputs(name)

    def test_training(self):
        self.run_cell(TRAINING)
        self.interrupted("train run, steps: 100000000", 100, 0.02)

    def test_signals(self):
        self.run_cell(TRAINING)
        self.interrupted("train run, steps: 100000000", 20, 0.02, by_signal=True)
        self.interrupted("while true { }", 20, 0.005, by_signal=True)

    def test_signals_while_idle_do_nothing(self):
        for _ in range(5):
            self.kernel.interrupt_by_signal()
            time.sleep(0.02)
            self.assertEqual(self.run_cell("1")[0].content["status"], "ok")

    def test_interrupts_while_idle_do_nothing(self):
        for _ in range(20):
            self.assertEqual(self.client.ask("interrupt_request", channel="control")["status"], "ok")
            self.assertEqual(self.run_cell("1")[0].content["status"], "ok")

    def test_cells_that_wait_are_aborted(self):
        first, second = self.client.execute("sleep 60"), self.client.execute("1")
        self.client.until(lambda m: m.state == "busy" and m.parent.get("msg_id") == first)
        self.client.ask("interrupt_request", channel="control")
        self.assertEqual(self.client.reply(first).content["ename"], "interrupted")
        self.assertEqual(self.client.reply(second).content["status"], "aborted")
        self.client.outputs(second)

    def test_an_interrupted_training_goes_on(self):
        self.run_cell(TRAINING)
        self.interrupted("train run, steps: 100000000", 1, 0.1)
        self.assertEqual(self.run_cell("train run, steps: 1")[0].content["status"], "ok")


class Meanwhile(Served):
    """What is answered while a program runs."""

    def begin(self, code="while true { }"):
        name = self.client.execute(code)
        self.client.until(lambda m: m.state == "busy" and m.parent.get("msg_id") == name)
        return name

    def end(self, name):
        self.client.send("control", "interrupt_request")
        self.client.reply(name)
        self.client.next("control")
        self.client.outputs(name)

    def test_the_heart_beats_in_a_training(self):
        self.run_cell(TRAINING)
        name = self.begin("train run, steps: 100000000")
        for _ in range(50):
            self.assertTrue(self.client.beat())
        self.end(name)

    def test_control_is_answered(self):
        name = self.begin()
        for kind in ["kernel_info_request", "usage_request"]:
            self.client.ask(kind, channel="control", seconds=5)
        self.end(name)

    def test_completion_and_inspection_in_a_training(self):
        self.run_cell(TRAINING)
        name = self.begin("train run, steps: 100000000")
        self.assertIn("step", self.client.ask("complete_request", {"code": "run.st", "cursor_pos": 6}, seconds=5)["matches"])
        self.assertTrue(self.client.ask("inspect_request", {"code": "train", "cursor_pos": 5}, seconds=5)["found"])
        self.assertEqual(self.client.ask("kernel_info_request", seconds=5)["status"], "ok")
        self.assertEqual(self.client.ask("is_complete_request", {"code": "1"}, seconds=5)["status"], "complete")
        self.end(name)

    def test_all_see_that_it_is_still_busy(self):
        name = self.begin()
        question = self.client.send("shell", "kernel_info_request")
        messages = self.client.until(lambda m: m.state == "idle" and m.parent["msg_id"] == question)
        self.assertEqual((self.client.next("iopub").state, self.client.seen[-1].parent["msg_id"]), ("busy", name))
        self.client.reply(question)
        self.end(name)

    def test_frames_come_at_their_pace(self):
        start = time.time()
        _, outputs = self.run_cell('for i in 1..61 { live { print "step {i}" }; sleep 0.02 }')
        spent = time.time() - start
        first = [m for m in outputs if m.type == "display_data"]
        later = [m for m in outputs if m.type == "update_display_data"]
        self.assertEqual(len(first), 1)
        self.assertTrue(1 <= len(later) <= 4 * spent + 2, (len(later), spent))
        self.assertEqual({m.content["transient"]["display_id"] for m in first + later}, {first[0].content["transient"]["display_id"]})
        self.assertEqual(later[-1].content["data"]["text/plain"], "step 60")

    def test_frames_with_pictures_and_text(self):
        _, outputs = self.run_cell('for i in 1..4 { live { print "step {i}"; show image(tensor([[0, 1]])) } }')
        data = outputs[-2].content["data"]
        self.assertIn("step 3", data["text/plain"])
        self.assertIn("<img", data["text/html"])

    def test_progress_is_one_display_that_ends_with_a_line(self):
        _, outputs = self.run_cell('for i in 1..81 { progress "step", i, 80, "loss {i}"; sleep 0.02 }')
        shown = [m for m in outputs if m.type in ("display_data", "update_display_data")]
        self.assertEqual([m.type for m in shown][0], "display_data")
        self.assertEqual({m.type for m in shown[1:]}, {"update_display_data"})
        self.assertIn("<progress", shown[0].content["data"]["text/html"])
        self.assertRegex(shown[-1].content["data"]["text/plain"], r"^step 80: 79 in 0:0\d, .*loss 80$")

    def test_short_progress_is_not_shown(self):
        _, outputs = self.run_cell('for i in 1..11 { progress "step", i, 10 }')
        self.assertEqual(kinds(outputs), ["busy", "execute_input", "idle"])


class Lives(unittest.TestCase):
    """How a kernel begins and ends."""

    def setUp(self):
        self.kernels, self.clients = [], []

    def tearDown(self):
        for client in self.clients:
            client.close()
        for kernel in self.kernels:
            kernel.kill()

    def started(self, **options):
        kernel = Kernel(**options)
        self.kernels.append(kernel)
        client = kernel.client()
        self.clients.append(client)
        return kernel, client

    def test_starting_is_said_once(self):
        kernel, client = self.started()
        client.wait_until_ready()
        client.run("1")
        self.assertLessEqual(sum(m.state == "starting" for m in client.seen), 1)

    def test_the_first_request_finds_its_audience(self):
        for _ in range(5):
            kernel, client = self.started()
            name = client.execute("print 1")
            outputs = client.outputs(name)
            self.assertEqual(kinds(outputs), ["busy", "execute_input", "stream", "idle"])

    def test_it_does_not_wait_for_ever_for_it(self):
        kernel = Kernel()
        self.kernels.append(kernel)
        client = Client(kernel, subscribes=False)
        self.clients.append(client)
        self.assertEqual(client.ask("kernel_info_request")["status"], "ok")

    def test_subscribers_are_welcomed(self):
        kernel, client = self.started()
        self.assertEqual(client.until(lambda m: m.type == "iopub_welcome")[-1].content, {"subscription": ""})

    def test_two_clients(self):
        kernel, first = self.started()
        second = kernel.client()
        self.clients.append(second)
        first.wait_until_ready()
        second.wait_until_ready()
        name = first.execute("shared = 4\nshared")
        self.assertIn("execute_result", kinds(second.outputs(name)))
        first.reply(name)
        self.assertEqual(second.run("shared + 1")[0].content["status"], "ok")
        self.assertIsNone(first.next("shell", 0.05))

    def test_shutdown_on_both_channels(self):
        for channel in ["control", "shell"]:
            for restart in [False, True]:
                kernel, client = self.started()
                client.wait_until_ready()
                name = client.send(channel, "shutdown_request", {"restart": restart})
                self.assertEqual(client.reply(name, channel).content, {"status": "ok", "restart": restart})
                self.assertEqual(kinds(client.outputs(name)), ["busy", "shutdown_reply", "idle"])
                self.assertEqual(kernel.wait(5), 0)

    def test_shutdown_in_a_loop(self):
        for code in ["while true { }", "sleep 60", "input()", "uninterrupted { while true { } }"]:
            kernel, client = self.started()
            client.wait_until_ready()
            client.execute(code)
            time.sleep(0.1)
            self.assertEqual(client.ask("shutdown_request", {"restart": False}, "control")["status"], "ok")
            self.assertEqual(kernel.wait(5), 0, code)

    def test_signals_before_shutdown_do_no_harm(self):
        kernel, client = self.started()
        client.wait_until_ready()
        kernel.interrupt_by_signal()
        self.assertEqual(client.ask("shutdown_request", {"restart": False}, "control")["status"], "ok")
        self.assertEqual(kernel.wait(5), 0)

    def test_sigterm_ends_it(self):
        kernel, client = self.started()
        client.wait_until_ready()
        client.execute("while true { }")
        time.sleep(0.1)
        kernel.process.send_signal(signal.SIGTERM)
        self.assertEqual(kernel.wait(5), 0)

    def test_exit(self):
        for code, status, number in [("exit()", "ok", 0), ("print 1\nexit 3", "error", 3)]:
            kernel, client = self.started()
            client.wait_until_ready()
            reply, outputs = client.run(code)
            self.assertEqual(reply.content["status"], status)
            self.assertEqual(reply.content["payload"], [{"source": "ask_exit", "keepkernel": False}])
            self.assertEqual(kernel.wait(5), number)

    def test_it_leaves_when_its_parent_dies(self):
        script = f"""
import os, subprocess, sys
sys.path.insert(0, {os.path.dirname(os.path.abspath(__file__))!r})
from client import Kernel
kernel = Kernel(environment={{"JPY_PARENT_PID": str(os.getpid())}})
client = kernel.client()
client.wait_until_ready()
client.execute("while true {{ }}")
print(kernel.process.pid, flush=True)
os._exit(0)
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
        pid = int(done.stdout)
        for _ in range(100):
            try:
                if pathlib.Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] == "Z":
                    return
            except FileNotFoundError:
                return
            time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        self.fail("the kernel has outlived its parent by 10 s")

    def test_without_a_parent_that_says_so_it_stays(self):
        kernel, client = self.started(environment={"JPY_PARENT_PID": ""})
        client.wait_until_ready()
        self.assertEqual(client.run("1")[0].content["status"], "ok")

    def test_sockets_of_the_system(self):
        kernel, client = self.started(transport="ipc")
        client.wait_until_ready()
        self.assertEqual(client.run("1 + 1")[0].content["status"], "ok")

    def test_nothing_is_written_to_its_streams(self):
        probe, client = self.started()
        client.wait_until_ready()
        done = subprocess.run([GAN, "kernel", "run", probe.file], capture_output=True, text=True, timeout=10)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("cannot listen", done.stderr)


class Commands(unittest.TestCase):
    def gan(self, *words, **environment):
        return subprocess.run([GAN, "kernel", *words], capture_output=True, text=True, env={**os.environ, **environment}, timeout=20)

    def test_install_and_remove(self):
        for place in [[], ["--name", "gan-2", "--display-name", "Gan 2"]]:
            with tempfile.TemporaryDirectory() as folder:
                done = self.gan("install", *place, JUPYTER_DATA_DIR=folder)
                self.assertEqual(done.returncode, 0, done.stderr)
                path = f"{folder}/kernels/{place[1] if place else 'gan'}"
                spec = json.loads(pathlib.Path(path + "/kernel.json").read_text())
                self.assertEqual(spec["argv"], [os.path.realpath(GAN), "kernel", "run", "{connection_file}"])
                self.assertEqual((spec["display_name"], spec["language"], spec["interrupt_mode"]), (place[3] if place else "Gan", "gan", "message"))
                self.assertFalse(spec["metadata"]["debugger"])
                for size in (32, 64):
                    logo = pathlib.Path(f"{path}/logo-{size}x{size}.png").read_bytes()
                    self.assertEqual((logo[:8], int.from_bytes(logo[16:20], "big")), (b"\x89PNG\r\n\x1a\n", size))
                self.assertEqual(self.gan("install", *place, JUPYTER_DATA_DIR=folder).returncode, 0)
                self.assertEqual(self.gan("remove", *place[:2], JUPYTER_DATA_DIR=folder).returncode, 0)
                self.assertFalse(os.path.exists(path))
                done = self.gan("remove", *place[:2], JUPYTER_DATA_DIR=folder)
                self.assertEqual(done.returncode, 1)
                self.assertIn("there is no kernel", done.stderr)

    def test_places(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.gan("install", "--prefix", folder + "/p").returncode, 0)
            self.assertTrue(os.path.exists(folder + "/p/share/jupyter/kernels/gan/kernel.json"))
            self.assertEqual(self.gan("install", "--sys-prefix", VIRTUAL_ENV=folder + "/v").returncode, 0)
            self.assertTrue(os.path.exists(folder + "/v/share/jupyter/kernels/gan/kernel.json"))
            self.assertEqual(self.gan("install", XDG_DATA_HOME=folder + "/x", JUPYTER_DATA_DIR="").returncode, 0)
            self.assertTrue(os.path.exists(folder + "/x/jupyter/kernels/gan/kernel.json"))

    def test_the_kernel_of_another_program_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(folder + "/kernels/gan")
            path = folder + "/kernels/gan/kernel.json"
            with open(path, "w") as file:
                file.write('{"argv": ["python"], "language": "python"}')
            for verb in ["install", "remove"]:
                done = self.gan(verb, JUPYTER_DATA_DIR=folder)
                self.assertEqual(done.returncode, 1)
                self.assertIn("another program", done.stderr)
            self.assertEqual(json.loads(pathlib.Path(path).read_text())["language"], "python")
            self.assertEqual(self.gan("install", "--force", JUPYTER_DATA_DIR=folder).returncode, 0)
            self.assertEqual(json.loads(pathlib.Path(path).read_text())["language"], "gan")

    def test_wrong_connection_files_are_said(self):
        with tempfile.TemporaryDirectory() as folder:
            for content, words in [(None, "cannot be read"), ("", "not an object"), ("{}", "no `ip`"), ('{"ip": "127.0.0.1"}', "no `shell_port`")]:
                path = folder + "/c.json"
                if content is not None:
                    with open(path, "w") as file:
                        file.write(content)
                done = self.gan("run", path)
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertIn(words, done.stderr)

    def test_a_place_that_cannot_be_written_is_said(self):
        done = self.gan("install", "--prefix", "/proc/nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error:", done.stderr)


if __name__ == "__main__":
    unittest.main()
