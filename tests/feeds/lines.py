"""An own strict reader of calendar files: what RFC 5545 and the three usual programs ask for."""

import re

ONCE = {
    "VCALENDAR": ["PRODID", "VERSION", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME",
                  "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "X-WR-TIMEZONE"],
    "VTIMEZONE": ["TZID"],
    "STANDARD": ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"],
    "VEVENT": ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
               "DESCRIPTION", "URL", "CLASS", "STATUS", "TRANSP"],
}  # fmt: skip
SHAPES = {
    "DTSTAMP": r"DTSTAMP:\d{8}T\d{6}Z",
    "LAST-MODIFIED": r"LAST-MODIFIED:\d{8}T\d{6}Z",
    "SEQUENCE": r"SEQUENCE:\d+",
    "UID": r"UID:[a-z0-9-]+@[a-z0-9.-]+",
    "DTEND": r"DTEND;VALUE=DATE:\d{8}",
    "SUMMARY": r"SUMMARY;LANGUAGE=(vi|en):.+",
    "DESCRIPTION": r"DESCRIPTION;LANGUAGE=(vi|en):.+",
    "REFRESH-INTERVAL": r"REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "STATUS": r"STATUS:(CONFIRMED|CANCELLED)",
    "TRANSP": r"TRANSP:TRANSPARENT",
    "METHOD": r"METHOD:PUBLISH",
    "VERSION": r"VERSION:2\.0",
}
LINE = re.compile(r'[A-Z][A-Z0-9-]*(;[A-Z-]+=("[^"]*"|[^";:,]+))*:.*')
TEXTS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC")


def faults(body):
    """What is wrong with the bytes of a calendar, in words; nothing, where nothing is."""
    found = []
    if not body.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", body):
        found.append("a line does not end in CRLF")
    physical = body.removesuffix(b"\r\n").split(b"\r\n")
    found += [f"{len(line)} octets: {line!r}" for line in physical if len(line) > 75]
    for line in physical:
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(f"a letter is torn apart: {line!r}")
    return found + _faults_of_lines(unfolded(body))


def unfolded(body):
    """The lines as they were before they were folded."""
    return body.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def _faults_of_lines(lines):
    found, uids, open_parts = [], [], []
    for line in lines:
        if not LINE.fullmatch(line):
            found.append(f"not a line: {line!r}")
            continue
        name = re.split("[;:]", line, maxsplit=1)[0]
        if name == "BEGIN":
            open_parts.append((line.partition(":")[2], []))
        elif name == "END":
            part, names = open_parts.pop()
            if part != line.partition(":")[2]:
                found.append(f"{part} is not closed")
            found += [
                f"{part} has {names.count(one)} {one}"
                for one in ONCE[part]
                if names.count(one) != 1
            ]
        else:
            open_parts[-1][1].append(name)
            found += _faults_of_value(name, line)
            if name == "UID":
                uids.append(line)
    found += [f"still open: {part}" for part, _names in open_parts]
    return found + [f"twice: {one}" for one in sorted(set(uids)) if uids.count(one) > 1]


def _faults_of_value(name, line):
    value = line.partition(":")[2]
    found = []
    if name in SHAPES and not re.fullmatch(SHAPES[name], line):
        found.append(f"not as it should be: {line!r}")
    if name in TEXTS and not re.fullmatch(r"([^\\;,]|\\[\\;,nN])*", value):
        found.append(f"not escaped: {line!r}")
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value):
        found.append(f"control character: {line!r}")
    return found
