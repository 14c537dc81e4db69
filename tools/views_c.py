# SPDX-License-Identifier: Apache-2.0
"""The C around the templates: the header of structs, their JSON writers, the respond functions."""

import pathlib
import re

import catalogue
from viewlang import refuse, snake

NOTICE = "// SPDX-License-Identifier: Apache-2.0\n// Made by tools/views.py from {0}; edit that.\n"
JSON = {"id": "json_int", "int": "json_int", "real": "json_real", "bool": "json_bool",
        "date": "json_date", "instant": "json_instant", "text": "json_text"}


def includes(house, structs):
    """Other rooms' headers that these structs stand on."""
    rooms = set()
    own = {s.path for s in structs}
    for struct in structs:
        for kind in struct.fields.values():
            other = house.world.structs.get(kind.struct) if kind.struct else None
            if other and other.path not in own:
                rooms.add(header_of(other.path))
    return sorted(rooms)


def header_of(path):
    return f"{path.parent.name}/{path.stem}.views.h"


def header(house, path, structs):
    guard = "DAYBOOK_" + re.sub(r"\W", "_", f"{path.parent.name}_{path.stem}_views_h").upper()
    out = [NOTICE.format(path.name) + f"#ifndef {guard}\n#define {guard}\n",
           '#include "html/html.h"', '#include "http/request.h"', '#include "json/json.h"']
    out += [f'#include "{name}"' for name in includes(house, structs)]
    out.append("")
    for struct in structs:
        out.append(f"typedef struct {struct.name} {struct.name};")
        out.append(f"typedef LIST_OF({struct.name}) {struct.name}List;")
    for struct in house.world.ordered(structs):
        out.append(f"\nstruct {struct.name} {{")
        out += [f"  {kind.c()}{name};" for name, kind in struct.fields.items()]
        out.append("  char nothing_;\n};" if not struct.fields else "};")
    out.append("")
    for struct in structs:
        name = snake(struct.name)
        out.append(f"void {name}_json(Json *j, const {struct.name} *v);")
        if struct.kind == "view":
            out.append(f"void respond_{name}(Request *r, const {struct.name} *view);")
        if struct.kind in ("partial", "layout", "letter"):
            out.append(f"void {name}_html(Request *r, Text *o, const {struct.name} *v);")
    out.append("\n#endif\n")
    return "\n".join(out)


def json_value(kind, code):
    if kind.struct and kind.optional and not kind.list:
        return [f"if ({code} != NULL) {{", f"  {snake(kind.struct)}_json(j, {code});", "} else {",
                "  json_null(j);", "}"]
    if kind.struct:
        return [f"{snake(kind.struct)}_json(j, &{code});"]
    if kind.scalar in ("int?", "real?"):
        return [f"if ({code}.has) {{", f"  {JSON[kind.kind]}(j, {code}.value);", "} else {",
                "  json_null(j);", "}"]
    if kind.scalar == "id?":
        return [f"if ({code} != 0) {{", f"  json_int(j, {code});", "} else {", "  json_null(j);",
                "}"]
    return [f"{JSON[kind.kind]}(j, {code});"]


def json_writer(struct):
    out = [f"void {snake(struct.name)}_json(Json *j, const {struct.name} *v) {{", "  json_open(j);"]
    if not any(kind.kind != "html" for kind in struct.fields.values()):
        out.append("  (void)v;")
    for name, kind in struct.fields.items():
        if kind.kind == "html":
            continue
        out.append(f'  json_key(j, "{name}");')
        if kind.list:
            out += ["  json_open_list(j);", f"  for (size_t i = 0; i < v->{name}.count; i++) {{"]
            element = kind.element()
            out += ["    " + line for line in json_value(element, f"v->{name}.items[i]")]
            out += ["  }", "  json_close_list(j);"]
        else:
            out += ["  " + line for line in json_value(kind, f"v->{name}")]
    return "\n".join(out + ["  json_close(j);", "}", ""])


def function(name, struct, lines, linkage=""):
    body = "\n".join(lines)
    unused = "".join(f"  (void){arg};\n" for arg in ("r", "o", "v")
                     if not re.search(rf"\b{arg}\b", body))
    return (f"{linkage}void {name}(Request *r, Text *o, const {struct.name} *v) {{\n"
            f"{unused}{body}\n}}\n")


def spoken(house, struct, writer_class, text, name, line, context="plain"):
    """Writes "Move {title}" into a text: a message for titles, an address for crumbs."""
    writer = writer_class(house, struct)
    writer.code.out = name
    parts = []
    for piece in re.split(r"(\{[\w.]+\})", text):
        if re.fullmatch(r"\{[\w.]+\}", piece):
            parts.append(("out", context, "plain", piece[1:-1], line))
        elif piece:
            parts.append(("t", piece))
    if context == "plain" and any(p[0] == "t" and re.search(r"[^\W\d_]", p[1]) for p in parts):
        writer.op_msg(parts, line, escape=False)
    else:
        writer.ops([("lit", p[1]) if p[0] == "t" else p for p in parts])
    writer.code.settle()
    return writer.code.lines


def page_of(house, struct, writer_class, page):
    line = page.get("line", 1)
    known = {"title", "nav", "crumbs", "line", "wide"}
    if set(page) - known:
        refuse(struct.template, line, f"page knows title, nav and crumbs, not "
               f"{', '.join(sorted(set(page) - known))}")
    if not page.get("title"):
        refuse(struct.template, line, "a page begins with {{page title=\"…\"}}")
    out = ["  Layout layout = {0};", "  Text title;", "  text_init(&title, r->context.arena);"]
    out += spoken(house, struct, writer_class, page["title"], "&title", line)
    out += ["  html_finish(&title);", "  layout.title = title.data;"]
    if page.get("nav"):
        out.append(f'  layout.nav = "{page["nav"]}";')
    crumbs = page.get("crumbs")
    for number, crumb in enumerate(filter(None, (crumbs or "").split("|"))):
        label, _, address = crumb.strip().rpartition(":")
        if not label or not address.startswith("/"):
            refuse(struct.template, line, f"a crumb is Label:/address, not {crumb.strip()}")
        for part, text in (("label", label), ("href", address)):
            name = f"{part}_{number}"
            out += [f"  Text {name};", f"  text_init(&{name}, r->context.arena);"]
            context = "plain" if part == "label" else "url_part"
            out += spoken(house, struct, writer_class, text, f"&{name}", line, context)
            out.append(f"  html_finish(&{name});")
        out.append("  *list_add(r->context.arena, &layout.crumbs) = "
                   f"(Crumb){{label_{number}.data, href_{number}.data}};")
    if crumbs:
        out.append('  *list_add(r->context.arena, &layout.crumbs) = (Crumb){title.data, ""};')
    return out


def respond(house, struct, writer_class):
    name = snake(struct.name)
    version = struct.fields.get("version")
    etag = "view->version" if version and version.scalar == "int" else "-1"
    out = []
    page = None
    if struct.template:
        writer, page = house.body(struct)
        out.append(function(f"{name}_body", struct, writer.code.lines, "static "))
    out.append(f"void respond_{name}(Request *r, const {struct.name} *view) {{")
    if page is not None:
        out.append("  if (r->format == FORMAT_JSON) {")
    pad = "    " if page is not None else "  "
    out += [pad + "Json j;", pad + "answer_json_begin(r, &j);", pad + f"{name}_json(&j, view);",
            pad + f"answer_json_end(r, &j, {etag});"]
    if page is not None:
        out += ["    return;", "  }", f"  const {struct.name} *v = view;", "  (void)v;"]
        out += page_of(house, struct, writer_class, page)
        out += ["  Text *o = answer_page_begin(r);", f"  {name}_body(r, o, view);",
                f"  answer_page_end(r, &layout, {etag});"]
    return "\n".join(out + ["}", ""])


def code(house, path, structs, writer_class):
    out = [NOTICE.format(path.name), f'#include "{header_of(path)}"', "",
           '#include "html/layout.views.h"', '#include "http/answer.h"', '#include "http/refill.h"']
    others = sorted({header_of(f) for f in house.world.files} - {header_of(path)})
    out += [f'#include "{name}"' for name in others if name != "html/layout.views.h"]
    out.append("")
    for struct in structs:
        out.append(json_writer(struct))
        if struct.kind == "view":
            out.append(respond(house, struct, writer_class))
        elif struct.template:
            writer, _ = house.body(struct)
            name = snake(struct.name)
            out.append(function(f"{name}_html", struct, writer.code.lines))
    return "\n".join(out)


def write(house, options, writer_class):
    path = pathlib.Path(options.views)
    structs = house.world.of(path)
    pathlib.Path(options.header).write_text(header(house, path, structs), "utf-8")
    pathlib.Path(options.code).write_text(code(house, path, structs, writer_class), "utf-8")
    if options.depfile:
        read = [*house.world.files, *house.read, options.permissions]
        read += pathlib.Path(options.po or "po").glob("*.po")
        escaped = " ".join(str(f).replace(" ", "\\ ") for f in read)
        pathlib.Path(options.depfile).write_text(
            f"{options.header} {options.code}: {escaped}\n", "utf-8")


def write_pot(house, options, writer_class):
    for file in house.world.files:
        code(house, file, house.world.of(file), writer_class)
    for file in sorted(pathlib.Path(options.root).glob("*/*.c")):
        if file.name.endswith("_test.c"):
            continue
        for message in catalogue.of_c(file.read_text("utf-8")):
            house.note(message, f"{file.parent.name}/{file.name}")
    for file in sorted(pathlib.Path(options.root).glob("*/*.h")):
        for message in catalogue.of_header(file.read_text("utf-8")):
            house.note(message, f"{file.parent.name}/{file.name}")
    for file in sorted(pathlib.Path(options.root).glob("*/*.routes")):
        for message in catalogue.of_routes(file.read_text("utf-8")):
            house.note(message, f"{file.parent.name}/{file.name}")
    pathlib.Path(options.pot).write_text(catalogue.write_pot(house.messages), "utf-8")
