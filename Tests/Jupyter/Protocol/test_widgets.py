"""The numbers of a run as widgets, and subshells, by the protocol's letter."""

import unittest

from client import kinds, text
from test_protocol import Served

RUN = """
use gan
seed 1
G = net { dense 8; tanh; dense 2 }
D = net { dense 8; leaky_relu; dense 1 }
run = dragan(G, D, ring(64), noise: 2, batch: 16)
"""
# What of a run every number counts in.
BITS = "print number(sum(G(run.fixed_noise))), run.lambda, run.d_optimizer.rate, run.g_optimizer.rate, run.history"
ENDLESS = "train run, steps: 100000000"


class Widgets(Served):
    def setUp(self):
        _, outputs = self.run_cell(RUN + "knobs(run)")
        self.models = {m.content["comm_id"]: m.content["data"]["state"] for m in outputs if m.type == "comm_open"}
        self.data = [m for m in outputs if m.type == "display_data"][0].content["data"]
        self.opened = [m for m in outputs if m.type == "comm_open"]

    def model(self, label):
        return [name for name, state in self.models.items() if state.get("description") == label][0]

    def set(self, model, value, **options):
        content = {"comm_id": model, "data": {"method": "update", "state": {"value": value}, "buffer_paths": []}}
        return self.client.send("shell", "comm_msg", content, **options)

    def value(self, code):
        outputs = self.run_cell(code, store_history=False)[1]
        return [m for m in outputs if m.type == "execute_result"][0].content["data"]["text/plain"]

    def begin(self, code=ENDLESS, **options):
        name = self.client.execute(code, **options)
        self.client.until(lambda m: m.state == "busy" and m.parent.get("msg_id") == name)
        return name

    def end(self, name):
        self.client.send("control", "interrupt_request")
        reply = self.client.reply(name)
        self.client.next("control")
        self.client.outputs(name)
        return reply

    def bits(self):
        return text(self.run_cell(BITS)[1])


class Knobs(Widgets):
    def test_a_run_has_all_forms(self):
        self.assertEqual(self.data["application/vnd.jupyter.widget-view+json"].keys(), {"version_major", "version_minor", "model_id"})
        self.assertIn("lambda", self.data["text/plain"])
        self.assertIn('>lambda</td>', self.data["text/html"])
        for message in self.opened:
            self.assertEqual(message.metadata, {"version": "2.1.0"})
            self.assertEqual(message.content["target_name"], "jupyter.widget")
        for state in self.models.values():
            self.assertIn(state["_model_module"], ["@jupyter-widgets/base", "@jupyter-widgets/controls"])
            self.assertEqual(state["_model_module_version"], "2.0.0")
        known = self.client.ask("comm_info_request", {"target_name": "jupyter.widget"})["comms"]
        self.assertTrue(set(self.models) <= set(known))
        self.assertEqual(self.client.ask("comm_info_request", {"target_name": "other"})["comms"], {})

    def test_silent_cells_open_nothing(self):
        _, outputs = self.run_cell("own = {optimizer: adam(0.001)}\nknobs(own)", silent=True)
        self.assertEqual(kinds(outputs), ["busy", "idle"])

    def test_a_number_is_moved_while_a_cell_trains(self):
        """By way of a subshell and without one: in both orders of what happens the bits are those of a program that sets it at that step."""
        shell = self.client.ask("create_subshell_request", {}, "control")["subshell_id"]
        for subshell in [None, shell]:
            self.run_cell(RUN + "seen = []")
            _, outputs = self.run_cell("knobs(run)")
            self.models = {m.content["comm_id"]: m.content["data"]["state"] for m in outputs if m.type == "comm_open"}
            # It ends when twenty steps have been made with the new value.
            self.run_cell("fn is_enough(run) = len(seen) > 20 and seen[-20] == 22.5")
            name = self.begin("train run, steps: 100000000, until: is_enough, every: 1 { append seen, run.lambda }")
            moved = self.set(self.model("λ"), 22.5, subshell=subshell)
            messages = self.client.until(lambda m: m.parent.get("msg_id") == moved and m.state == "idle")
            own = [m for m in messages if m.parent.get("msg_id") == moved]
            self.assertEqual(kinds(own), ["busy", "comm_msg", "idle"])
            self.assertEqual(own[1].content["data"], {"method": "echo_update", "state": {"value": 22.5}, "buffer_paths": []})
            self.assertEqual(own[1].parent.get("subshell_id"), subshell)
            self.client.outputs(name, 120)
            self.assertEqual(self.client.reply(name).content["status"], "ok")
            before, count = (int(x) for x in self.value('"{len(filter(seen, x -> x == 10))} {len(seen)}"').strip('"').split())
            self.assertEqual(self.value("run.lambda"), "22.5")
            moved_bits = self.bits()
            self.run_cell(RUN + f"seen = []\nif {before} > 0 {{ train run, steps: {before}, every: 1 {{ append seen, run.lambda }} }}")
            self.run_cell(f"run.lambda = 22.5\ntrain run, steps: {count - before}, every: 1 {{ append seen, run.lambda }}")
            self.assertEqual(self.bits(), moved_bits)
        self.client.ask("delete_subshell_request", {"subshell_id": shell}, "control")

    def test_looking_changes_no_bit(self):
        self.run_cell("train run, steps: 20")
        looked = self.bits()
        self.run_cell(RUN + "train run, steps: 20")
        self.assertEqual(self.bits(), looked)

    def test_what_a_program_sets_is_shown_while_it_trains(self):
        model = self.model("λ")
        name = self.begin("train run, steps: 100000000, every: 1 { if run.step == 2 { run.lambda = 31 } }")
        shown = self.client.until(lambda m: m.type == "comm_msg" and m.content["comm_id"] == model)[-1]
        self.assertEqual(shown.content["data"]["state"]["value"], 31)
        self.client.until(lambda m: m.type == "comm_msg" and "step" in str(m.content["data"]["state"].get("value")))
        self.end(name)

    def test_wrong_updates_leave_the_run_as_it_is(self):
        model = self.model("λ")
        for value in [None, True, "20", [], {}, -1, 101, 1e300, float("nan"), float("inf"), "a" * 10000, [[[[1]]]]]:
            name = self.set(model, value)
            answers = [m.content["data"] for m in self.client.outputs(name) if m.type == "comm_msg"]
            self.assertEqual([a["method"] for a in answers], ["echo_update", "update"])
            self.assertEqual([a["state"]["value"] for a in answers], [10, 10], value)
        self.assertEqual(self.value("run.lambda"), "10")

    def test_nonsense_is_survived(self):
        contents = [{}, {"comm_id": 3}, {"comm_id": "none", "data": {}}, {"comm_id": "a" * 100000, "target_name": "jupyter.widget.control"}]
        for data in [None, 3, {}, {"method": 3}, {"method": "update"}, {"method": "update", "state": 3}, {"method": "update", "state": {"new": 1}},
                     {"method": "custom", "content": {}}, {"method": "request_states"}]:
            contents.append({"comm_id": self.model("λ"), "data": data})
        for kind in ["comm_open", "comm_msg"]:
            for content in contents:
                outputs = self.client.outputs(self.client.send("shell", kind, content))
                self.assertEqual((outputs[0].state, outputs[-1].state), ("busy", "idle"))
        self.assertEqual(self.value("run.lambda"), "10")

    def test_a_flood_of_updates_ends_with_the_last(self):
        self.run_cell("train run, steps: 1")
        memory = self.kernel.memory()
        name = self.begin()
        model = self.model("λ")
        for number in range(5000):
            last = self.set(model, number % 100)
        self.client.until(lambda m: m.parent.get("msg_id") == last and m.state == "idle", 120)
        self.end(name)
        self.assertEqual(self.value("run.lambda"), "99")
        self.assertLess(self.kernel.memory() - memory, 100_000_000)

    def test_comms_of_nobody(self):
        for number in range(500):
            name = self.client.send("shell", "comm_open", {"comm_id": f"c{number}", "target_name": "jupyter.widget", "data": {}})
        outputs = self.client.outputs(name, 60)
        self.assertEqual(kinds(outputs), ["busy", "comm_close", "idle"])
        for number in range(100):
            name = self.client.send("shell", "comm_open", {"comm_id": f"d{number}", "target_name": "jupyter.widget.control", "data": {}})
        self.client.outputs(name, 60)
        self.assertEqual(len(self.client.ask("comm_info_request", {"target_name": "jupyter.widget.control"})["comms"]), 64)
        for number in range(100):
            name = self.client.send("shell", "comm_close", {"comm_id": f"d{number}", "data": {}})
        self.client.outputs(name, 60)
        self.assertEqual(self.client.ask("comm_info_request", {"target_name": "jupyter.widget.control"})["comms"], {})

    def test_a_page_that_comes_later_gets_its_widgets(self):
        self.run_cell("run.lambda = 44")
        page = self.kernel.client()
        page.wait_until_ready()
        page.send("shell", "comm_open", {"comm_id": "page", "target_name": "jupyter.widget.control", "data": {"widgets": None}})
        page.send("shell", "comm_msg", {"comm_id": "page", "data": {"method": "request_states"}})
        answer = page.until(lambda m: m.type == "comm_msg" and m.content["comm_id"] == "page")[-1].content["data"]
        page.outputs(page.send("shell", "comm_close", {"comm_id": "page", "data": {}}))
        self.assertEqual((answer["method"], answer["buffer_paths"]), ("update_states", []))
        for name, state in self.models.items():
            kept = answer["states"][name]
            self.assertEqual({"model_name", "model_module", "model_module_version", "state"}, set(kept))
            self.assertEqual(set(kept["state"]), set(state))
            self.assertEqual(kept["model_name"], state["_model_name"])
        self.assertEqual(answer["states"][self.model("λ")]["state"]["value"], 44)
        for reference in answer["states"][self.data["application/vnd.jupyter.widget-view+json"]["model_id"]]["state"]["children"]:
            self.assertIn(reference.removeprefix("IPY_MODEL_"), answer["states"])
        name = page.send("shell", "comm_msg", {"comm_id": self.model("λ"), "data": {"method": "request_state"}})
        one = [m for m in page.outputs(name) if m.type == "comm_msg"][0].content["data"]
        self.assertEqual((one["method"], one["state"]["value"]), ("update", 44))
        page.close()

    def test_the_widgets_of_a_run_that_is_gone_are_closed(self):
        self.run_cell("run = none\n0")
        _, outputs = self.run_cell("0")
        closed = {m.content["comm_id"] for m in self.client.seen if m.type == "comm_close"}
        self.assertTrue(set(self.models) <= closed)
        self.assertEqual(kinds(self.client.outputs(self.set(self.model("λ"), 3))), ["busy", "idle"])

    def test_it_is_set_also_where_nothing_runs(self):
        self.client.outputs(self.set(self.model("rate of D"), 0.0005))
        self.assertEqual(self.value("run.d_optimizer.rate"), "0.0005")

    def test_what_is_no_run(self):
        reply, _ = self.run_cell("knobs {a: 1}")
        self.assertEqual(reply.content["status"], "error")
        self.assertIn("no number", reply.content["evalue"])


class Subshells(Widgets):
    def create(self):
        return self.client.ask("create_subshell_request", {}, "control")["subshell_id"]

    def shells(self):
        return self.client.ask("list_subshell_request", {}, "control")["subshell_id"]

    def delete(self, name):
        return self.client.ask("delete_subshell_request", {"subshell_id": name}, "control")["status"]

    def test_they_are_announced(self):
        found = self.client.ask("kernel_info_request")
        self.assertEqual((found["supported_features"], found["protocol_version"]), (["kernel subshells"], "5.5"))

    def test_they_come_and_go(self):
        first, second = self.create(), self.create()
        self.assertEqual(self.shells(), [first, second])
        self.assertEqual(self.delete(first), "ok")
        self.assertEqual(self.shells(), [second])
        self.assertEqual(self.delete(first), "error")
        self.assertEqual(self.delete(second), "ok")
        for content in [{}, {"subshell_id": None}, {"subshell_id": 3}, {"subshell_id": "none"}]:
            self.assertEqual(self.client.ask("delete_subshell_request", content, "control")["status"], "error")

    def test_there_is_an_end_of_them(self):
        names = []
        while len(names) <= 256:
            answer = self.client.ask("create_subshell_request", {}, "control")
            if answer["status"] == "error":
                break
            names.append(answer["subshell_id"])
        self.assertEqual(len(names), 256)
        for name in names:
            self.assertEqual(self.delete(name), "ok")

    def test_questions_are_answered_while_the_shell_trains(self):
        subshell = self.create()
        name = self.begin()
        ask = lambda kind, content={}: self.client.ask(kind, content, subshell=subshell)
        self.assertIn("step", ask("complete_request", {"code": "run.st", "cursor_pos": 6})["matches"])
        self.assertTrue(ask("inspect_request", {"code": "train", "cursor_pos": 5})["found"])
        self.assertEqual(ask("is_complete_request", {"code": "1"})["status"], "complete")
        self.assertEqual(ask("history_request", {"hist_access_type": "tail", "n": 1})["status"], "ok")
        self.assertEqual(ask("kernel_info_request")["status"], "ok")
        self.assertTrue(set(self.models) <= set(ask("comm_info_request")["comms"]))
        self.end(name)
        self.delete(subshell)

    def test_a_name_that_nobody_has(self):
        for subshell in ["none", 3, ["a"]]:
            for kind in ["kernel_info_request", "execute_request", "complete_request"]:
                answer = self.client.ask(kind, {"code": "stolen = 1"}, subshell=subshell)
                self.assertEqual(answer["status"], "error")
                self.assertIn("no subshell", answer["evalue"])
            outputs = self.client.outputs(self.set(self.model("λ"), 3, subshell=subshell))
            self.assertEqual(kinds(outputs), ["busy", "idle"])
        self.assertEqual(self.run_cell("stolen")[0].content["status"], "error")
        self.assertEqual(self.value("run.lambda"), "10")

    def test_cells_of_subshells_wait_for_their_turn(self):
        subshell = self.create()
        name = self.begin("taken = 1\ninput()\ntaken = 2")
        other = self.client.send("shell", "execute_request", {"code": "print taken", "allow_stdin": False}, subshell=subshell)
        self.client.next("stdin")
        self.client.send("stdin", "input_reply", {"value": ""})
        self.assertEqual(self.client.reply(name).content["status"], "ok")
        outputs = self.client.outputs(other)
        self.assertEqual(text(outputs), "2\n")
        self.assertTrue(all(m.parent["subshell_id"] == subshell for m in outputs))
        self.assertEqual(self.client.reply(other).content["status"], "ok")
        self.delete(subshell)

    def test_an_error_leaves_the_cells_of_other_shells(self):
        subshell = self.create()
        name = self.begin("input()\nnothing")
        behind = self.client.execute("1")
        other = self.client.send("shell", "execute_request", {"code": "1", "allow_stdin": False}, subshell=subshell)
        self.client.next("stdin")
        self.client.send("stdin", "input_reply", {"value": ""})
        found = {}
        while len(found) < 3:
            message = self.client.next("shell")
            found[message.parent["msg_id"]] = message.content["status"]
        self.assertEqual([found[n] for n in [name, behind, other]], ["error", "aborted", "ok"])
        self.client.outputs(other)
        self.delete(subshell)

    def test_deleting_one_aborts_what_waits_in_it(self):
        subshell = self.create()
        name = self.begin("while true { }")
        other = self.client.send("shell", "execute_request", {"code": "stolen = 1"}, subshell=subshell)
        # It has come when another question of the subshell has been answered.
        self.client.ask("kernel_info_request", subshell=subshell)
        self.assertEqual(self.delete(subshell), "ok")
        self.assertEqual(self.client.reply(other).content["status"], "aborted")
        self.end(name)
        self.assertEqual(self.run_cell("stolen")[0].content["status"], "error")


del Widgets, Served

if __name__ == "__main__":
    unittest.main()
