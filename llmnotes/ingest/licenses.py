"""Normalizes names from the hub: licences to SPDX ids, languages to English names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.ingest.raw import RawClaim, Remarks

_SPDX = (
    "Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear", "BSL-1.0", "CC0-1.0",
    "CC-BY-2.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-BY-NC-2.0",
    "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0", "CC-BY-ND-4.0", "AFL-3.0", "Artistic-2.0", "ECL-2.0", "EPL-1.0", "EPL-2.0",
    "EUPL-1.1", "EUPL-1.2", "AGPL-3.0", "GFDL", "GPL", "GPL-2.0", "GPL-3.0", "ISC", "LGPL",
    "LGPL-2.1", "LGPL-3.0", "LPPL-1.3c", "MPL-2.0", "MS-PL", "NCSA", "ODbL-1.0", "OFL-1.1", "OSL-3.0",
    "PDDL-1.0", "PostgreSQL", "Unlicense", "WTFPL", "Zlib",
)  # fmt: skip
_BY_LOWER = {name.lower(): name for name in _SPDX}

_LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "as": "Assamese", "az": "Azerbaijani",
    "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "ig": "Igbo", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "jv": "Javanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "ky": "Kyrgyz", "la": "Latin", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian",
    "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese", "ne": "Nepali",
    "nl": "Dutch", "no": "Norwegian", "or": "Odia", "pa": "Punjabi", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sa": "Sanskrit",
    "sd": "Sindhi", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "su": "Sundanese", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa",
    "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip
"""ISO 639-1 codes that model cards use, with the languages' English names."""


def licence(text: str) -> str:
    """A licence id in SPDX's spelling where SPDX has it, else unchanged."""
    return _BY_LOWER.get(text.strip().lower(), text)


def language(code: object) -> str | None:
    """The English name of a language; None where the text is neither a code nor a name."""
    if code is False:
        return "Norwegian"  # YAML reads the bare code `no` as false
    if not isinstance(code, str):
        return None
    word = code.strip()
    if word in _LANGUAGES.values():
        return word
    return _LANGUAGES.get(word.lower().replace("_", "-").split("-")[0])


def language_claims(codes: Any, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    """Language claims from the codes in model cards; unknown codes are left out."""
    words = codes if isinstance(codes, list) else [codes]
    named = {str(code): language(code) for code in words if code is not None}
    for code, name in named.items():
        if name is None:
            remarks.leave_out("a language tag that is no ISO 639-1 code", str(code))
    found = list(dict.fromkeys(name for name in named.values() if name))
    if found:
        yield RawClaim("languages", found, place)
