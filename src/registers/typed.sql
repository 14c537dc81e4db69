-- SPDX-License-Identifier: Apache-2.0
-- One table for each kind of register, keyed by the item.

--! risk_put exec
--  in  item id, asset text, threat text, vulnerability text, likelihood int?, impact int?,
--      impact_financial int?, impact_operational int?, impact_reputational int?, impact_legal int?,
--      impact_safety int?, inherent_score int?, inherent_level text, controls text,
--      residual_likelihood int?, residual_impact int?, residual_score int?, residual_level text,
--      treatment text
--  later "nobody asks how many rows it changed"
INSERT INTO risk (
  item_id, org_id, asset, threat, vulnerability, likelihood, impact, impact_financial,
  impact_operational, impact_reputational, impact_legal, impact_safety, inherent_score,
  inherent_level, controls, residual_likelihood, residual_impact, residual_score,
  residual_level, treatment
) VALUES (
  :item, :org, :asset, :threat, :vulnerability, :likelihood, :impact, :impact_financial,
  :impact_operational, :impact_reputational, :impact_legal, :impact_safety, :inherent_score,
  :inherent_level, :controls, :residual_likelihood, :residual_impact, :residual_score,
  :residual_level, :treatment
)
ON CONFLICT (item_id) DO UPDATE SET
  asset = excluded.asset, threat = excluded.threat, vulnerability = excluded.vulnerability,
  likelihood = excluded.likelihood, impact = excluded.impact,
  impact_financial = excluded.impact_financial,
  impact_operational = excluded.impact_operational,
  impact_reputational = excluded.impact_reputational, impact_legal = excluded.impact_legal,
  impact_safety = excluded.impact_safety, inherent_score = excluded.inherent_score,
  inherent_level = excluded.inherent_level, controls = excluded.controls,
  residual_likelihood = excluded.residual_likelihood,
  residual_impact = excluded.residual_impact, residual_score = excluded.residual_score,
  residual_level = excluded.residual_level, treatment = excluded.treatment
WHERE risk.org_id = :org;

--! risk_get one
--  in  item id
--  out asset text, threat text, vulnerability text, likelihood int?, impact int?,
--      impact_financial int?, impact_operational int?, impact_reputational int?, impact_legal int?,
--      impact_safety int?, inherent_score int?, inherent_level text, controls text,
--      residual_likelihood int?, residual_impact int?, residual_score int?, residual_level text,
--      treatment text
SELECT
  asset, threat, vulnerability, likelihood, impact, impact_financial, impact_operational,
  impact_reputational, impact_legal, impact_safety, inherent_score, inherent_level, controls,
  residual_likelihood, residual_impact, residual_score, residual_level, treatment
FROM risk WHERE org_id = :org AND item_id = :item;

--! control_put exec
--  in  item id, theme text, applicable int?, justification text, reference text
--  later "nobody asks how many rows it changed"
INSERT INTO control (
  item_id, org_id, theme, applicable, justification, reference
) VALUES (
  :item, :org, :theme, :applicable, :justification, :reference
)
ON CONFLICT (item_id) DO UPDATE SET
  theme = excluded.theme, applicable = excluded.applicable,
  justification = excluded.justification, reference = excluded.reference
WHERE control.org_id = :org;

--! control_get one
--  in  item id
--  out theme text, applicable int?, justification text, reference text
SELECT
  theme, applicable, justification, reference
FROM control WHERE org_id = :org AND item_id = :item;

--! supplier_put exec
--  in  item id, service text, category text, criticality text, data_accessed text, location text,
--      contract_start date?, contract_end date?, dpa_signed text, certifications text,
--      review_result text
--  later "nobody asks how many rows it changed"
INSERT INTO supplier (
  item_id, org_id, service, category, criticality, data_accessed, location, contract_start,
  contract_end, dpa_signed, certifications, review_result
) VALUES (
  :item, :org, :service, :category, :criticality, :data_accessed, :location, :contract_start,
  :contract_end, :dpa_signed, :certifications, :review_result
)
ON CONFLICT (item_id) DO UPDATE SET
  service = excluded.service, category = excluded.category, criticality = excluded.criticality,
  data_accessed = excluded.data_accessed, location = excluded.location,
  contract_start = excluded.contract_start, contract_end = excluded.contract_end,
  dpa_signed = excluded.dpa_signed, certifications = excluded.certifications,
  review_result = excluded.review_result
WHERE supplier.org_id = :org;

--! supplier_get one
--  in  item id
--  out service text, category text, criticality text, data_accessed text, location text,
--      contract_start date?, contract_end date?, dpa_signed text, certifications text,
--      review_result text
SELECT
  service, category, criticality, data_accessed, location, contract_start, contract_end,
  dpa_signed, certifications, review_result
FROM supplier WHERE org_id = :org AND item_id = :item;

--! asset_put exec
--  in  item id, type text, category text, custodian text, location text, classification text,
--      criticality text, environment text
--  later "nobody asks how many rows it changed"
INSERT INTO asset (
  item_id, org_id, type, category, custodian, location, classification, criticality, environment
) VALUES (
  :item, :org, :type, :category, :custodian, :location, :classification, :criticality,
  :environment
)
ON CONFLICT (item_id) DO UPDATE SET
  type = excluded.type, category = excluded.category, custodian = excluded.custodian,
  location = excluded.location, classification = excluded.classification,
  criticality = excluded.criticality, environment = excluded.environment
WHERE asset.org_id = :org;

--! asset_get one
--  in  item id
--  out type text, category text, custodian text, location text, classification text,
--      criticality text,
--      environment text
SELECT
  type, category, custodian, location, classification, criticality, environment
FROM asset WHERE org_id = :org AND item_id = :item;

--! interested_party_put exec
--  in  item id, category text, need text, requirement text, source text, priority text,
--      covered_by text
--  later "nobody asks how many rows it changed"
INSERT INTO interested_party (
  item_id, org_id, category, need, requirement, source, priority, covered_by
) VALUES (
  :item, :org, :category, :need, :requirement, :source, :priority, :covered_by
)
ON CONFLICT (item_id) DO UPDATE SET
  category = excluded.category, need = excluded.need, requirement = excluded.requirement,
  source = excluded.source, priority = excluded.priority, covered_by = excluded.covered_by
WHERE interested_party.org_id = :org;

--! interested_party_get one
--  in  item id
--  out category text, need text, requirement text, source text, priority text, covered_by text
SELECT
  category, need, requirement, source, priority, covered_by
FROM interested_party WHERE org_id = :org AND item_id = :item;

--! communication_need_put exec
--  in  item id, category text, interest text, content text, channel text, frequency text,
--      language text
--  later "nobody asks how many rows it changed"
INSERT INTO communication_need (
  item_id, org_id, category, interest, content, channel, frequency, language
) VALUES (
  :item, :org, :category, :interest, :content, :channel, :frequency, :language
)
ON CONFLICT (item_id) DO UPDATE SET
  category = excluded.category, interest = excluded.interest, content = excluded.content,
  channel = excluded.channel, frequency = excluded.frequency, language = excluded.language
WHERE communication_need.org_id = :org;

--! communication_need_get one
--  in  item id
--  out category text, interest text, content text, channel text, frequency text, language text
SELECT
  category, interest, content, channel, frequency, language
FROM communication_need WHERE org_id = :org AND item_id = :item;

--! objective_put exec
--  in  item id, clause text, metric text, baseline text, target text, frequency text,
--      current_value text, action text
--  later "nobody asks how many rows it changed"
INSERT INTO objective (
  item_id, org_id, clause, metric, baseline, target, frequency, current_value, action
) VALUES (
  :item, :org, :clause, :metric, :baseline, :target, :frequency, :current_value, :action
)
ON CONFLICT (item_id) DO UPDATE SET
  clause = excluded.clause, metric = excluded.metric, baseline = excluded.baseline,
  target = excluded.target, frequency = excluded.frequency,
  current_value = excluded.current_value, action = excluded.action
WHERE objective.org_id = :org;

--! objective_get one
--  in  item id
--  out clause text, metric text, baseline text, target text, frequency text, current_value text,
--      action text
SELECT
  clause, metric, baseline, target, frequency, current_value, action
FROM objective WHERE org_id = :org AND item_id = :item;

--! document_put exec
--  in  item id, type text, approver text, edition text, effective date?, classification text,
--      distribution text, body text
--  later "nobody asks how many rows it changed"
INSERT INTO document (
  item_id, org_id, type, approver, edition, effective, classification, distribution, body
) VALUES (
  :item, :org, :type, :approver, :edition, :effective, :classification, :distribution, :body
)
ON CONFLICT (item_id) DO UPDATE SET
  type = excluded.type, approver = excluded.approver, edition = excluded.edition,
  effective = excluded.effective, classification = excluded.classification,
  distribution = excluded.distribution, body = excluded.body
WHERE document.org_id = :org;

--! document_get one
--  in  item id
--  out type text, approver text, edition text, effective date?, classification text,
--      distribution text,
--      body text
SELECT
  type, approver, edition, effective, classification, distribution, body
FROM document WHERE org_id = :org AND item_id = :item;

--! planned_event_put exec
--  in  item id, type text, planned date?, effort text, participants text, observer text,
--      result text
--  later "nobody asks how many rows it changed"
INSERT INTO planned_event (
  item_id, org_id, type, planned, effort, participants, observer, result
) VALUES (
  :item, :org, :type, :planned, :effort, :participants, :observer, :result
)
ON CONFLICT (item_id) DO UPDATE SET
  type = excluded.type, planned = excluded.planned, effort = excluded.effort,
  participants = excluded.participants, observer = excluded.observer, result = excluded.result
WHERE planned_event.org_id = :org;

--! planned_event_get one
--  in  item id
--  out type text, planned date?, effort text, participants text, observer text, result text
SELECT
  type, planned, effort, participants, observer, result
FROM planned_event WHERE org_id = :org AND item_id = :item;

--! training_record_put exec
--  in  item id, role text, type text, due date?, completed date?, evidence text
--  later "nobody asks how many rows it changed"
INSERT INTO training_record (
  item_id, org_id, role, type, due, completed, evidence
) VALUES (
  :item, :org, :role, :type, :due, :completed, :evidence
)
ON CONFLICT (item_id) DO UPDATE SET
  role = excluded.role, type = excluded.type, due = excluded.due,
  completed = excluded.completed, evidence = excluded.evidence
WHERE training_record.org_id = :org;

--! training_record_get one
--  in  item id
--  out role text, type text, due date?, completed date?, evidence text
SELECT
  role, type, due, completed, evidence
FROM training_record WHERE org_id = :org AND item_id = :item;

--! competence_put exec
--  in  item id, role text, level text, source text, mandatory text, months int?
--  later "nobody asks how many rows it changed"
INSERT INTO competence (
  item_id, org_id, role, level, source, mandatory, months
) VALUES (
  :item, :org, :role, :level, :source, :mandatory, :months
)
ON CONFLICT (item_id) DO UPDATE SET
  role = excluded.role, level = excluded.level, source = excluded.source,
  mandatory = excluded.mandatory, months = excluded.months
WHERE competence.org_id = :org;

--! competence_get one
--  in  item id
--  out role text, level text, source text, mandatory text, months int?
SELECT
  role, level, source, mandatory, months
FROM competence WHERE org_id = :org AND item_id = :item;

--! control_text_put exec
--  in  item id, own_set text, theme text, ask text, look text, take text
INSERT INTO control_text (
  item_id, org_id, own_set, theme, ask, look, take
) VALUES (
  :item, :org, :own_set, :theme, :ask, :look, :take
)
ON CONFLICT (item_id) DO UPDATE SET
  own_set = excluded.own_set, theme = excluded.theme, ask = excluded.ask, look = excluded.look,
  take = excluded.take
WHERE control_text.org_id = :org;

--! control_text_get one
--  in  item id
--  out own_set text, theme text, ask text, look text, take text
SELECT own_set, theme, ask, look, take FROM control_text WHERE org_id = :org AND item_id = :item;
