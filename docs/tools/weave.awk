# Copies a page; what its comments say is taken from what the examples printed, in folder/NAME/output:
#
#   <!-- output of NAME, from "text" to "text" -->    the block below it: the lines from the first that begins with the one text to the
#                                                     next that begins with the other (without them, from the first or to the last)
#   <!-- claims of NAME NAME … -->                    the table below it: how long each took, and what was asked and found
#   <!-- machine -->                                  the line below it: what the times are of
#
# What was not made, or does not hold, stays as it is.

function between(text, word,    start, rest) {
  start = index(text, word " \"")
  if (!start) return ""
  rest = substr(text, start + length(word) + 2)
  return substr(rest, 1, index(rest, "\"") - 1)
}

# The lines of an output that are not the judge's.
function lines_of(name,    path, line, count, failed) {
  path = folder "/" name "/output"
  count = 0
  failed = 0
  while ((getline line < path) > 0) {
    if (line ~ /^fails: /) failed = 1
    if (line !~ /^(took|holds|fails): /) lines[++count] = line
  }
  close(path)
  return failed ? 0 : count
}

# A line, broken at blanks where it is long (in bytes).
function broken(line,    text, place) {
  text = ""
  while (length(line) > 124) {
    place = 118
    while (place > 40 && substr(line, place, 1) != " ") place--
    if (place <= 40) break
    text = text substr(line, 1, place - 1) "\n"
    line = "      " substr(line, place + 1)
  }
  return text line
}

function block(comment,    name, count, first, last, from, to, i, text) {
  name = comment
  sub(/^<!-- output of /, "", name)
  sub(/[ ,].*$/, "", name)
  count = lines_of(name)
  from = between(comment, "from")
  to = between(comment, "to")
  first = 0
  last = count
  for (i = 1; i <= count; i++) {
    if (!first && index(lines[i], from) == 1) first = i
    if (first && to != "" && index(lines[i], to) == 1) { last = i; break }
  }
  if (!first) return ""
  text = ""
  for (i = first; i <= last; i++) text = text broken(lines[i]) "\n"
  return text
}

function row(name,    path, line, took, found, failed) {
  failed = 0
  path = folder "/" name "/output"
  took = ""
  found = ""
  while ((getline line < path) > 0) {
    if (sub(/^took: /, "", line)) took = line
    if (line ~ /^fails: /) failed = 1
    if (sub(/^holds: /, "", line)) found = found (found == "" ? "" : "; ") line
  }
  close(path)
  return took == "" || failed ? "" : "| `" name "` | " took " | " found " |"
}

/^<!-- machine -->$/ && machine != "" { print; if ((getline) > 0) print machine; next }

/^<!-- output of / { print; fresh = block($0); waits = 1; next }
waits && /^```/ { print; waits = 0; if (fresh != "") { printf "%s", fresh; skips = 1 }; next }
waits && $0 != "" { waits = 0 }
skips { if ($0 == "```") { skips = 0; print }; next }

/^<!-- claims of / { print; names = $0; gsub(/^<!-- claims of | -->$/, "", names); table = 1; next }
table && /^\| `/ { split($0, cells, "`"); old[cells[2]] = $0; next }
table && /^\|/ { print; next }
table { tell_rows() }
{ print }
END { if (table) tell_rows() }

function tell_rows(    count, i, parts, text) {
  count = split(names, parts, " ")
  for (i = 1; i <= count; i++) {
    text = row(parts[i])
    if (text == "") text = old[parts[i]]
    if (text != "") print text
  }
  table = 0
}
