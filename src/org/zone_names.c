// SPDX-License-Identifier: Apache-2.0
#include "org/zone_names.h"

// Names of the IANA time zone database.
const char *const zone_names[] = {
    "Africa/Cairo",         "Africa/Casablanca",   "Africa/Johannesburg", "Africa/Lagos",
    "Africa/Nairobi",       "Africa/Tunis",        "America/Anchorage",   "America/Bogota",
    "America/Chicago",      "America/Denver",      "America/Halifax",     "America/Lima",
    "America/Los_Angeles",  "America/Mexico_City", "America/New_York",    "America/Phoenix",
    "America/Santiago",     "America/Sao_Paulo",   "America/St_Johns",    "America/Toronto",
    "America/Vancouver",    "Asia/Almaty",         "Asia/Bangkok",        "Asia/Dhaka",
    "Asia/Dubai",           "Asia/Ho_Chi_Minh",    "Asia/Hong_Kong",      "Asia/Jakarta",
    "Asia/Jerusalem",       "Asia/Karachi",        "Asia/Kathmandu",      "Asia/Kolkata",
    "Asia/Kuala_Lumpur",    "Asia/Manila",         "Asia/Riyadh",         "Asia/Seoul",
    "Asia/Shanghai",        "Asia/Singapore",      "Asia/Taipei",         "Asia/Tashkent",
    "Asia/Tokyo",           "Atlantic/Azores",     "Atlantic/Canary",     "Atlantic/Reykjavik",
    "Australia/Adelaide",   "Australia/Brisbane",  "Australia/Perth",     "Australia/Sydney",
    "Europe/Amsterdam",     "Europe/Athens",       "Europe/Belgrade",     "Europe/Berlin",
    "Europe/Bratislava",    "Europe/Brussels",     "Europe/Bucharest",    "Europe/Budapest",
    "Europe/Copenhagen",    "Europe/Dublin",       "Europe/Helsinki",     "Europe/Istanbul",
    "Europe/Kyiv",          "Europe/Lisbon",       "Europe/Ljubljana",    "Europe/London",
    "Europe/Luxembourg",    "Europe/Madrid",       "Europe/Malta",        "Europe/Oslo",
    "Europe/Paris",         "Europe/Prague",       "Europe/Riga",         "Europe/Rome",
    "Europe/Sarajevo",      "Europe/Sofia",        "Europe/Stockholm",    "Europe/Tallinn",
    "Europe/Tirane",        "Europe/Vienna",       "Europe/Vilnius",      "Europe/Warsaw",
    "Europe/Zagreb",        "Europe/Zurich",       "Pacific/Auckland",    "Pacific/Honolulu",
    "UTC",                  NULL,
};
const size_t zone_name_count = sizeof zone_names / sizeof zone_names[0] - 1;
