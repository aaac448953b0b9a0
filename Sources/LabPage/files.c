// Written by Sources/LabPage/embed.
#include "lab_page.h"

static const unsigned char file_cell_js[] = {
#embed "page/cell.js"
};

static const unsigned char file_connection_js[] = {
#embed "page/connection.js"
};

static const unsigned char file_curves_js[] = {
#embed "page/curves.js"
};

static const unsigned char file_editor_js[] = {
#embed "page/editor.js"
};

static const unsigned char file_elements_js[] = {
#embed "page/elements.js"
};

static const unsigned char file_game_js[] = {
#embed "page/game.js"
};

static const unsigned char file_histograms_js[] = {
#embed "page/histograms.js"
};

static const unsigned char file_keys_js[] = {
#embed "page/keys.js"
};

static const unsigned char file_knobs_js[] = {
#embed "page/knobs.js"
};

static const unsigned char file_landscape_js[] = {
#embed "page/landscape.js"
};

static const unsigned char file_merge_js[] = {
#embed "page/merge.js"
};

static const unsigned char file_networks_js[] = {
#embed "page/networks.js"
};

static const unsigned char file_page_css[] = {
#embed "page/page.css"
};

static const unsigned char file_page_html[] = {
#embed "page/page.html"
};

static const unsigned char file_page_js[] = {
#embed "page/page.js"
};

static const unsigned char file_palette_js[] = {
#embed "page/palette.js"
};

static const unsigned char file_panes_js[] = {
#embed "page/panes.js"
};

static const unsigned char file_pictures_js[] = {
#embed "page/pictures.js"
};

static const unsigned char file_program_js[] = {
#embed "page/program.js"
};

static const unsigned char file_stage_js[] = {
#embed "page/stage.js"
};

static const unsigned char file_suggestions_js[] = {
#embed "page/suggestions.js"
};

static const unsigned char file_theme_js[] = {
#embed "page/theme.js"
};

static const unsigned char file_ticks_js[] = {
#embed "page/ticks.js"
};

static const lab_page_file files[] = {
    {"/cell.js", "text/javascript; charset=utf-8", file_cell_js, sizeof file_cell_js},
    {"/connection.js", "text/javascript; charset=utf-8", file_connection_js, sizeof file_connection_js},
    {"/curves.js", "text/javascript; charset=utf-8", file_curves_js, sizeof file_curves_js},
    {"/editor.js", "text/javascript; charset=utf-8", file_editor_js, sizeof file_editor_js},
    {"/elements.js", "text/javascript; charset=utf-8", file_elements_js, sizeof file_elements_js},
    {"/game.js", "text/javascript; charset=utf-8", file_game_js, sizeof file_game_js},
    {"/histograms.js", "text/javascript; charset=utf-8", file_histograms_js, sizeof file_histograms_js},
    {"/keys.js", "text/javascript; charset=utf-8", file_keys_js, sizeof file_keys_js},
    {"/knobs.js", "text/javascript; charset=utf-8", file_knobs_js, sizeof file_knobs_js},
    {"/landscape.js", "text/javascript; charset=utf-8", file_landscape_js, sizeof file_landscape_js},
    {"/merge.js", "text/javascript; charset=utf-8", file_merge_js, sizeof file_merge_js},
    {"/networks.js", "text/javascript; charset=utf-8", file_networks_js, sizeof file_networks_js},
    {"/page.css", "text/css; charset=utf-8", file_page_css, sizeof file_page_css},
    {"/", "text/html; charset=utf-8", file_page_html, sizeof file_page_html},
    {"/page.js", "text/javascript; charset=utf-8", file_page_js, sizeof file_page_js},
    {"/palette.js", "text/javascript; charset=utf-8", file_palette_js, sizeof file_palette_js},
    {"/panes.js", "text/javascript; charset=utf-8", file_panes_js, sizeof file_panes_js},
    {"/pictures.js", "text/javascript; charset=utf-8", file_pictures_js, sizeof file_pictures_js},
    {"/program.js", "text/javascript; charset=utf-8", file_program_js, sizeof file_program_js},
    {"/stage.js", "text/javascript; charset=utf-8", file_stage_js, sizeof file_stage_js},
    {"/suggestions.js", "text/javascript; charset=utf-8", file_suggestions_js, sizeof file_suggestions_js},
    {"/theme.js", "text/javascript; charset=utf-8", file_theme_js, sizeof file_theme_js},
    {"/ticks.js", "text/javascript; charset=utf-8", file_ticks_js, sizeof file_ticks_js},
};
const size_t lab_page_file_count = sizeof files / sizeof files[0];

const lab_page_file *lab_page_files(void) { return files; }
