-- SPDX-License-Identifier: Apache-2.0
--! document_organisation one
--  out  slug text, name text, decision date, expiry date, certification_body text, certificate_number text, scope text
SELECT o.slug, o.name, o.decision, o.expiry, o.certification_body, o.certificate_number, o.scope
FROM organisation o WHERE o.id = :org;
