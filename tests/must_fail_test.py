# SPDX-License-Identifier: Apache-2.0
"""What the door's generators must refuse: each mistake is built into a small house of its own, and
the build has to say what is wrong, with file and line. The same house without it builds."""
import pathlib
import subprocess
import tempfile
import unittest

import lib

VIEWS = """struct Owner
  name   text
view ThingPage "thing.html"
  title  text
  due    date
  link   text
  late   bool
  chart  html
  owner  Owner?
  things [Owner]
"""
PAGE = '{{page title="Thing {title}"}}\n'
ROUTES = """GET /o/{org}/things/{id}
  name        thing
  permission  thing.read
  help        "One thing."
  view        ThingPage
"""


class House(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.room = self.root / "src" / "things"
        self.room.mkdir(parents=True)
        (self.root / "permissions.txt").write_text("thing.read: everybody\n", "utf-8")
        self.views(VIEWS, PAGE)
        self.routes(ROUTES)

    def views(self, declarations, page):
        (self.room / "things.views").write_text(declarations, "utf-8")
        (self.room / "thing.html").write_text(page, "utf-8")

    def routes(self, text):
        (self.room / "things.routes").write_text(text, "utf-8")

    def run_tool(self, tool, *arguments):
        return subprocess.run(
            ["/usr/bin/python3", lib.ROOT / "tools" / tool, "--root", self.root / "src",
             "--permissions", self.root / "permissions.txt", *arguments],
            capture_output=True, text=True, check=False)

    def build_views(self):
        return self.run_tool("views.py", "--po", self.root / "po", "--header", self.root / "v.h",
                             "--code", self.root / "v.c", self.room / "things.views")

    def build_routes(self):
        return self.run_tool("routes.py", "--code", self.root / "r.c", self.room / "things.routes")

    def page_refused(self, body, *words):
        self.views(VIEWS, PAGE + body)
        self.refused(self.build_views(), "thing.html:", *words)

    def refused(self, ran, *words):
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        for word in words:
            self.assertIn(word, ran.stderr)

    def page_builds(self, body):
        self.views(VIEWS, PAGE + body)
        ran = self.build_views()
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return (self.root / "v.c").read_text("utf-8")


class Templates(House):
    def test_a_sound_page_builds(self):
        made = self.page_builds('<p title="{{title}}">{{title}}, {{due}}</p>{{raw chart}}'
                                '{{#if owner}}{{owner.name}}{{/if}}<a href="{{link}}">on</a>')
        self.assertIn("html_url(o, v->link)", made)
        self.assertIn("html_text(o, v->title)", made)

    def test_a_field_that_does_not_exist(self):
        self.page_refused("<p>{{titel}}</p>", "no field titel")

    def test_a_field_of_a_struct_that_does_not_exist(self):
        self.page_refused("{{#each things as t}}{{t.nam}}{{/each}}", "no field nam")

    def test_text_shown_raw(self):
        self.page_refused("<p>{{raw title}}</p>", "raw shows html fields")

    def test_html_shown_as_if_it_were_text(self):
        self.page_refused("<p>{{chart}}</p>", "only raw does")

    def test_raw_markup_in_an_attribute(self):
        self.page_refused('<p title="{{raw chart}}"></p>', "not in attributes")

    def test_an_optional_struct_used_without_asking(self):
        self.page_refused("{{owner.name}}", "may be absent")
        self.page_refused("{{#if owner}}x{{else}}{{owner.name}}{{/if}}", "may be absent")

    def test_an_unknown_permission_asked(self):
        self.page_refused('{{#if may "thing.destroy"}}x{{/if}}', "no permission thing.destroy")

    def test_a_value_inside_a_script(self):
        self.page_refused("<script>{{title}}</script>", "script")
        self.page_refused("<script>alert(1)</script>", "no inline script")

    def test_a_script_in_an_attribute(self):
        self.page_refused('<p onclick="go()"></p>', "no script in attributes")
        self.page_refused('<p style="color: red"></p>', "content policy")

    def test_a_value_in_an_attribute_without_quotes(self):
        self.page_refused("<p title={{title}}></p>", "quote the value")

    def test_a_value_as_the_name_of_a_tag_or_attribute(self):
        self.page_refused("<p {{title}}></p>", "outside its attributes")
        self.page_refused("<{{title}}>", "opens no tag")

    def test_a_value_in_a_comment(self):
        self.page_refused("<!-- {{title}} -->", "comment")

    def test_elements_that_do_not_close(self):
        self.page_refused("<div><p></div>", "closes nothing")
        self.page_refused("<div>", "ends inside")
        self.page_refused("{{#if late}}<div>{{/if}}</div>", "must end where it began")

    def test_a_post_form_without_an_action(self):
        self.page_refused('<form method="post"></form>', "names its action")

    def test_every_post_form_brings_its_token_unasked(self):
        made = self.page_builds('<form method="post" action="/o/{{org}}/things"></form>')
        self.assertEqual(made.count("html_csrf(r, o)"), 1)

    def test_a_page_without_a_title(self):
        self.views(VIEWS, "<p>x</p>")
        self.refused(self.build_views(), "title")

    def test_a_field_of_an_unknown_type(self):
        self.views(VIEWS.replace("due    date", "due    Dayte"), PAGE)
        self.refused(self.build_views(), "there is no type or struct Dayte")


class Languages(House):
    def test_another_language_is_a_file(self):
        (self.root / "po").mkdir()
        (self.root / "po" / "de.po").write_text(
            'msgid "Due on {due}"\nmsgstr "F\\303\\244llig am {due}"\n'.replace("\\303\\244", "ä"),
            "utf-8")
        made = self.page_builds("<p>Due on {{due}}</p>")
        self.assertIn("case 1:", made)
        self.assertIn("F\\303\\244llig am ", made)
        self.assertIn("Due on ", made)

    def test_a_translation_that_speaks_of_something_unknown(self):
        (self.root / "po").mkdir()
        (self.root / "po" / "de.po").write_text(
            'msgid "Due on {due}"\nmsgstr "Am {day}"\n', "utf-8")
        self.page_refused("<p>Due on {{due}}</p>", "{day}")

    def test_the_catalogue_lists_texts_and_labels(self):
        self.views(VIEWS, PAGE + '<p title="A hint">Due on {{due}}</p>')
        self.run_tool("views.py", "--po", self.root / "po", "--pot", self.root / "all.pot")
        pot = (self.root / "all.pot").read_text("utf-8")
        for text in ("Due on {due}", "A hint", "Thing {title}"):
            self.assertIn(f'msgid "{text}"', pot)


class Routes(House):
    def changed(self, before, after):
        self.assertIn(before, ROUTES)
        self.routes(ROUTES.replace(before, after))
        return self.build_routes()

    def test_a_sound_route_builds(self):
        ran = self.build_routes()
        self.assertEqual(ran.returncode, 0, ran.stderr)

    def test_a_route_without_a_permission(self):
        self.refused(self.changed("  permission  thing.read\n", ""), "things.routes:1",
                     "has no permission")

    def test_an_unknown_permission(self):
        self.refused(self.changed("thing.read", "thing.destroy"), "thing.destroy is not in")

    def test_a_public_route_without_a_reason(self):
        self.refused(self.changed("thing.read", "public"), "says why")

    def test_a_route_in_an_organisation_that_is_open_to_all(self):
        self.refused(self.changed("thing.read", 'public "because"'), "within an organisation")

    def test_a_route_without_help(self):
        self.refused(self.changed('  help        "One thing."\n', ""), "has no help")

    def test_a_view_that_does_not_exist(self):
        self.refused(self.changed("ThingPage", "NoPage"), "no view NoPage")

    def test_two_routes_for_the_same_address(self):
        self.routes(ROUTES + ROUTES.replace("thing\n", "other\n").replace("{id}", "{number}"))
        self.refused(self.build_routes(), "is taken by thing")

    def test_a_text_without_a_length(self):
        self.refused(self.changed("  view  ", "  input\n    q  text\n  view  "), "how long")


if __name__ == "__main__":
    lib.main()
