// SPDX-License-Identifier: Apache-2.0
// What to ask, look at and sample: the organisational controls, 5.1–5.37. Own words.
#include "registers/control_set.h"

const ControlEntry entries_organisational[37] = {
    {"A.5.1", "governance", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("Who approved the rules, when were they last looked at, and how did people hear of the "
        "change?"),
     N_("The policy and the rules under it: owner, approval, date of the last review, versions "
        "that are still in circulation."),
     N_("Three rules of different owners and five people: can they find them, and do they know "
        "what concerns them?")},
    {"A.5.2", "governance", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("Which security tasks are whose, who stands in, and who knows it?"),
     N_("Job descriptions, responsibility tables, minutes in which tasks were given; vacant "
        "positions."),
     N_("Five tasks from the table: ask the person named, and the one who stands in.")},
    {"A.5.3", "governance", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("Where could one person start, approve and hide something harmful? What stands in the "
        "way where the firm is too small to part it?"),
     N_("Rights in finance, user administration, releases and logging; compensating checks that "
        "were really made."),
     N_("Three pairs of tasks that must not meet: compare the list of rights with the list of "
        "people.")},
    {"A.5.4", "governance", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("What do managers do so that their people keep the rules, and what happens when they "
        "are too busy?"),
     N_("Goals, team meetings, follow-up of overdue training and acknowledged rules."),
     N_("Three managers: their last word on security to the team, and what came of it.")},
    {"A.5.5", "governance", NULL, PREVENTIVE | CORRECTIVE, ALL_THREE,
     IDENTIFY | PROTECT | RESPOND | RECOVER,
     N_("Whom do you call for a data breach, a crime, a fire, a regulator's question – and by "
        "when?"),
     N_("The contact list, its date, and where it lies when the network is down."),
     N_("Ring or write to two of the contacts; show one report that was really made, or an "
        "exercise of it.")},
    {"A.5.6", "governance", NULL, PREVENTIVE | CORRECTIVE, ALL_THREE, PROTECT | RESPOND | RECOVER,
     N_("Which groups, forums or associations do you follow, and what did you learn there?"),
     N_("Memberships, mailing lists, notes of meetings, something that changed because of them."),
     N_("One notice of the last quarter, from its arrival to what was done.")},
    {"A.5.7", "incidents", NULL, PREVENTIVE | DETECTIVE | CORRECTIVE, ALL_THREE,
     IDENTIFY | DETECT | RESPOND,
     N_("Where does news of threats come from, who judges it, and what did it change?"),
     N_("Sources, the log of what was judged, changes to risks, rules or settings that "
        "followed."),
     N_("Three threats of the last six months: from the notice to the decision.")},
    {"A.5.8", "development", NULL, PREVENTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("At which point does a project meet security, and who can stop it?"),
     N_("The project template, risk assessments of projects, acceptance records."),
     N_("Two projects, one of them not about IT: the risks named at the start and what became "
        "of them.")},
    {"A.5.9", "assets", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("How does a new laptop, service or data set get onto the list, and how does it leave?"),
     N_("The inventory with owners, its last reconciliation, what a network scan or the "
        "purchase ledger knows besides."),
     N_("Ten entries to the thing itself, and ten things to the list.")},
    {"A.5.10", "assets", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("What may people do with information and equipment, and what may they not?"),
     N_("Rules of use, acknowledgements, rules for private devices and for tools such as public "
        "chat services."),
     N_("Five people of different teams: ask what they would do with a confidential file at "
        "home.")},
    {"A.5.11", "assets", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("How do you know that everything came back when somebody left or changed jobs?"),
     N_("Leavers' checklists, inventory entries after the leaving day, wiped or blocked "
        "devices."),
     N_("Five leavers of the last year, one of them a contractor.")},
    {"A.5.12", "assets", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("How is information sorted, who decides the class, and what follows from it?"),
     N_("The scheme, its link to law and contracts, examples of every class."),
     N_("Ten documents or data sets: is the class right, and do rights and storage follow it?")},
    {"A.5.13", "assets", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("How does a reader see the class, on paper, in a file, in an export?"),
     N_("Templates, labels in the document system, printouts and exports."),
     N_("Ten items, also some that left the organisation.")},
    {"A.5.14", "assets", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("By which ways does information leave, and which of them are allowed for which class?"),
     N_("Rules and agreements for mail, file exchange, voice and paper; encryption that is "
        "really switched on."),
     N_("Three transfers to outsiders of the last month, each with its agreement and "
        "protection.")},
    {"A.5.15", "access", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("By which rule does somebody get access, and who may make an exception?"),
     N_("The access rule, role definitions, physical and logical access together, recorded "
        "exceptions."),
     N_("Two systems: does what is set agree with the rule?")},
    {"A.5.16", "access", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("How is an identity made, changed and ended, also for machines and shared accounts?"),
     N_("The joiner, mover, leaver process; the directory; accounts without an owner."),
     N_("Ten accounts back to a person or a system owner; five leavers against the directory.")},
    {"A.5.17", "access", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("How do first passwords, keys and tokens reach people, and what happens when one is "
        "lost?"),
     N_("Rules and technical settings for secrets, the vault, resets by the help desk, secrets "
        "in scripts."),
     N_("Three resets: how was the caller recognised? One search for secrets in a repository.")},
    {"A.5.18", "access", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("Who approves a right, who checks it again, and how fast does it go?"),
     N_("Requests with approval, the last review of rights and what was removed, the day of "
        "removal for leavers."),
     N_("Fifteen rights of three systems back to an approval; five movers: did the old rights "
        "go?")},
    {"A.5.19", "suppliers", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("Which suppliers could hurt you, how do you know, and who is responsible for each?"),
     N_("The supplier list with criticality, risk assessments, the rule for choosing and for "
        "leaving."),
     N_("Three suppliers: one critical, one new, one nobody has looked at for long.")},
    {"A.5.20", "suppliers", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("What does the contract say about security, incidents, audit and the end?"),
     N_("Signed contracts and their annexes, data processing agreements, standard clauses."),
     N_("Five contracts against your own list of clauses, one older than the list.")},
    {"A.5.21", "suppliers", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("What do you know about the parts and sub-suppliers behind what you buy?"),
     N_("Lists of components and sub-processors, requirements passed on, proofs of origin."),
     N_("Two products or services: follow the chain one step further than usual.")},
    {"A.5.22", "suppliers", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("How do you notice that a supplier got worse, or changed something important?"),
     N_("Review records, service reports, certificates with their dates and scopes, announced "
        "changes."),
     N_("Three reviews of the last year: what was found and what came of it?")},
    {"A.5.23", "suppliers", NULL, PREVENTIVE, ALL_THREE, PROTECT,
     N_("Who decides for a cloud service, what is your part of its security, and how would you "
        "leave it?"),
     N_("The list of services (also those paid by credit card), shared responsibilities, "
        "settings, exit plans."),
     N_("Two services: check three settings that are your part, and the exit plan.")},
    {"A.5.24", "incidents", NULL, CORRECTIVE, ALL_THREE, RESPOND | RECOVER,
     N_("Who does what when something happens at three in the morning?"),
     N_("The plan, roles and stand-ins, contact ways without the network, forms, exercises."),
     N_("Ask two people on duty to walk through one scenario.")},
    {"A.5.25", "incidents", NULL, DETECTIVE, ALL_THREE, DETECT | RESPOND,
     N_("How does an event become an incident, and who decides how bad it is?"),
     N_("The scale, tickets of events with their judgement, cases that were judged again."),
     N_("Ten events of the last quarter, three of them judged harmless.")},
    {"A.5.26", "incidents", NULL, CORRECTIVE, ALL_THREE, RESPOND | RECOVER,
     N_("What was done in your last incidents, in which order, and who was told when?"),
     N_("Incident records with times, notices to customers and authorities, what was contained "
        "and how."),
     N_("Two incidents from the first sign to the end, against your own steps and deadlines.")},
    {"A.5.27", "incidents", NULL, PREVENTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("What is different today because of an incident?"),
     N_("Reviews after incidents, actions and their state, repeated causes."),
     N_("The three worst incidents: the cause, the action, and whether it happened again.")},
    {"A.5.28", "incidents", NULL, CORRECTIVE, ALL_THREE, DETECT | RESPOND,
     N_("How is evidence secured so that it would hold before a court or an insurer?"),
     N_("The procedure, who may touch a device, images and logs with hashes, a chain of "
        "custody."),
     N_("One case, real or exercised: could another person follow each step?")},
    {"A.5.29", "continuity", NULL, PREVENTIVE | CORRECTIVE, ALL_THREE, PROTECT | RESPOND,
     N_("Which protections would you lower in a crisis, and who may decide it?"),
     N_("Continuity plans with their security parts, emergency accounts, ways of working at the "
        "second site."),
     N_("One plan: go through three protections that must hold while it runs.")},
    {"A.5.30", "continuity", NULL, CORRECTIVE, AVAILABILITY, RESPOND,
     N_("How long may each service be away, how do you know, and when was it last tried?"),
     N_("Impact analysis, recovery times wanted and measured, plans, exercise reports."),
     N_("Two critical services: the wanted time against the measured one.")},
    {"A.5.31", "legal", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("Which laws and contracts bind you, who watches them, and what changed this year?"),
     N_("The register with owners and dates, customer contracts with security clauses, rules on "
        "encryption abroad."),
     N_("Three requirements to the place where they are met, one of them new.")},
    {"A.5.32", "legal", NULL, PREVENTIVE, ALL_THREE, IDENTIFY,
     N_("How do you know that every piece of software and content is licensed?"),
     N_("Licence inventory against installations, open-source obligations, proof of purchase."),
     N_("Five products: licences bought against copies used; one own product: its open-source "
        "parts.")},
    {"A.5.33", "legal", NULL, PREVENTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("Which records must be kept how long, and can they still be read?"),
     N_("The retention table, archives, protection against change, destruction with a record."),
     N_("Five kinds of records: oldest and newest, and one that should be gone.")},
    {"A.5.34", "legal", NULL, PREVENTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("What personal data do you hold, for what, and who answers the people concerned?"),
     N_("Record of processing, impact assessments, requests and breaches with their deadlines."),
     N_("Two processings from form to deletion; the last three requests against their deadline.")},
    {"A.5.35", "governance", NULL, PREVENTIVE | CORRECTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("Who looks at the whole from outside the line, and what did they find?"),
     N_("The plan of reviews, independence of reviewers, reports, what management did with "
        "them."),
     N_("The last two reviews: findings, actions, and what is still open.")},
    {"A.5.36", "governance", NULL, PREVENTIVE, ALL_THREE, IDENTIFY | PROTECT,
     N_("How do you check that your own rules and technical standards are kept?"),
     N_("Checks by managers, technical scans against the standard, deviations and their "
        "mending."),
     N_("Three rules: the last check of each, and one deviation to its end.")},
    {"A.5.37", "governance", NULL, PREVENTIVE | CORRECTIVE, ALL_THREE, PROTECT | RECOVER,
     N_("What would be lost if the one who knows fell ill?"),
     N_("Written operating steps, their date, where they lie when systems are down."),
     N_("Two procedures: let somebody who seldom does it follow the page.")},
};
