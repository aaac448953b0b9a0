// Written by Sources/LabPage/embed.
#include "lab_page.h"

static const unsigned char file_page_css[] = {
#embed "page/page.css"
};

static const unsigned char file_page_html[] = {
#embed "page/page.html"
};

static const unsigned char file_page_js[] = {
#embed "page/page.js"
};

static const lab_page_file files[] = {
    {"/page.css", "text/css; charset=utf-8", file_page_css, sizeof file_page_css},
    {"/", "text/html; charset=utf-8", file_page_html, sizeof file_page_html},
    {"/page.js", "text/javascript; charset=utf-8", file_page_js, sizeof file_page_js},
};
const size_t lab_page_file_count = sizeof files / sizeof files[0];

const lab_page_file *lab_page_files(void) { return files; }
