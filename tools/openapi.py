# SPDX-License-Identifier: Apache-2.0
"""The API's description (OpenAPI 3.1), made from the same declarations as the door itself."""

import re

from viewlang import schema

PROBLEM = {
    "type": "object", "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
        "errors": {"type": "array", "items": {
            "type": "object", "required": ["field", "message"],
            "properties": {"field": {"type": "string"}, "message": {"type": "string"}}}}},
}
DONE = {"type": "object", "required": ["location"], "properties": {
    "id": {"type": "integer", "format": "int64"}, "location": {"type": "string"},
    "message": {"type": "string"}}}


def field_schema(field):
    kind = field.kind
    out = {"id": {"type": "integer", "format": "int64", "minimum": 1},
           "int": {"type": "integer", "format": "int64"}, "real": {"type": "number"},
           "bool": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
           "instant": {"type": "string", "format": "date-time"}, "text": {"type": "string"},
           "enum": {"type": "string", "enum": field.choices},
           "email": {"type": "string", "format": "email"},
           "file": {"type": "string", "format": "binary"},
           "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
           "ids": {"type": "array", "items": {"type": "integer", "format": "int64"}},
           "any": {"type": "object"}}[kind].copy()
    low, high = ("minLength", "maxLength") if kind == "text" else ("minimum", "maximum")
    if field.high is not None:
        out[low], out[high] = field.low, field.high
    if field.label:
        out["description"] = field.label
    return out


def parameters(route):
    out = []
    if "{org}" in route.pattern:
        out.append({"name": "org", "in": "path", "required": True, "schema": {"type": "string"}})
    for field in route.fields:
        if field.in_path or (route.method == "GET" and field.kind != "any"):
            out.append({"name": field.name, "in": "path" if field.in_path else "query",
                        "required": field.in_path or not field.optional,
                        "schema": field_schema(field)})
    if route.method != "GET":
        out.append({"$ref": "#/components/parameters/IdempotencyKey"})
        if any(field.name == "version" for field in route.fields):
            out.append({"$ref": "#/components/parameters/IfMatch"})
    return out


def body(route):
    fields = [f for f in route.fields if not f.in_path]
    properties = {f.name: field_schema(f) for f in fields if f.kind != "any"}
    described = {"type": "object", "properties": properties,
                 "required": sorted(f.name for f in fields if not f.optional)}
    if any(f.kind == "any" for f in fields):
        described["additionalProperties"] = True
    if any(f.kind in ("file", "files") for f in fields):
        return {"content": {"multipart/form-data": {"schema": described}}}
    return {"content": {kind: {"schema": described} for kind in
                        ("application/json", "application/x-www-form-urlencoded")}}


def responses(route):
    problem = {"$ref": "#/components/responses/Problem"}
    out = {"4XX": problem, "5XX": problem}
    if route.view:
        shown = {"$ref": f"#/components/schemas/{route.view}"}
        out["200"] = {"description": "The resource",
                      "content": {"application/json": {"schema": shown}}}
    elif route.method != "GET":
        done = {"description": "Done", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Done"}}}}
        out["201" if route.creates else "200"] = done
    else:
        out["200"] = {"description": "The file or text"}
    return out


def operation(route, table):
    out = {"operationId": route.name, "summary": route.help, "tags": [route.path.parent.name],
           "parameters": parameters(route), "responses": responses(route),
           "x-daybook-permission": route.permission,
           "x-daybook-roles": table.get(route.permission, [])}
    if route.permission == "public":
        out["security"] = []
        out["x-daybook-reason"] = route.reason
    if route.method != "GET":
        out["requestBody"] = body(route)
    return out


def describe(routes, table, world):
    paths = {}
    for route in routes:
        path = "/api/v1" + re.sub(r"\{(\w+):[^}]+\}", r"{\1}", route.pattern)
        paths.setdefault(path, {})[route.method.lower()] = operation(route, table)
    schemas = {s.name: schema(world, s) for s in world.structs.values()
               if s.kind not in ("layout", "letter")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Daybook", "version": "1",
                 "description": "Every page's resource as JSON; a page at /path at /api/v1/path. "
                 "Send an API token as Authorization: Bearer."},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {
                "IdempotencyKey": {
                    "name": "Idempotency-Key", "in": "header", "required": False,
                    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
                    "description": "Sent again within a day, the first answer is given again and "
                    "nothing is done twice."},
                "IfMatch": {
                    "name": "If-Match", "in": "header", "required": False,
                    "schema": {"type": "string"},
                    "description": "The ETag of what was read; 412 when it has changed since."}},
            "responses": {"Problem": {"description": "What is wrong, how to mend it", "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
            "schemas": {"Problem": PROBLEM, "Done": DONE, **schemas}},
    }
