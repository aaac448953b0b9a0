"""Jupyter's own tests of kernels (jupyter_kernel_test), for Gan: none is left out."""

import unittest

import jupyter_kernel_test


class GanTests(jupyter_kernel_test.KernelTests):
    kernel_name = "gan"
    language_name = "gan"
    file_extension = ".gan"
    code_hello_world = 'print "hello, world"'
    code_stderr = 'note "beside the results"'
    completion_samples = [{"text": "prin"}, {"text": "use swis"}, {"text": "use dragan", "matches": {"dragan"}}]
    complete_code_samples = ["1 + 1", 'print "a"', "fn f(x) { x }", "for i in 1..3 { print i }"]
    incomplete_code_samples = ["fn f(x) {", "x = [1,", "1 +", 'print """a']
    invalid_code_samples = ["x = )", "1 1 1 )"]
    code_page_something = "help print"
    code_generate_error = "nothing_of_this_name"
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": '"ab"'},
        {"code": "[{a: 1}, {a: 2}]", "mime": "text/html"},
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 7", "result": "42"},
    ]
    code_display_data = [
        {"code": "show image(tensor([[0, 1], [1, 0]]))", "mime": "image/png"},
        {"code": "plot [1, 4, 9]", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6*?7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = "clear_output()"


class GanWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "gan"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
