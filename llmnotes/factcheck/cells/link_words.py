"""Words that only carry a link, `here`, `Blog`, `Download`, and are no value themselves."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_WORD = (
    r"(?:(?:click\s)?here|links?|url|blogs?(?:\s?posts?)?|papers?|pdf|arxiv|report|tech(?:nical)?\sreport|docs?"
    r"|models?|weights|ckpts?|checkpoints?|download|hf|hugging\s?face|modelscope|github|repo(?:sitory)?|code"
    r"|web\s?site|web\s?page|home\s?page|page|demo|(?:model\s)?card|official|announcement|post|news|readme|source"
    r"|下载|点击下载|链接|地址|官网|模型|模型下载|论文|百度网盘|主页|博客"
    r"|リンク|こちら|링크|enlace|lien"
    r"|collegamento|odnośnik|łącze|tutaj|bağlantı|buradan?|tautan|di sini|hier"
    r"|liên kết|tại đây|رابط|الرابط|هنا|odkaz|zde|посилання|тут|ссылка)"
)
_LINK_WORDS = late(rf"[\W_]*{_WORD}(?:(?:\s?[,/|&+·、]\s?|\sand\s){_WORD}){{0,3}}[\W_]*", re.I)


_LINKED = late(r"https?://|\]\(|\bhref\b", re.I)


def only_leads_elsewhere(text: str, raw: str) -> bool:
    """Whether a cell consists of such words, with a link behind them in its source `raw`."""
    return says_nothing(text) and _LINKED.search(raw) is not None


def says_nothing(text: str) -> bool:
    """Whether a text consists of such words, whose link was lost: `Paper`."""
    return len(text) <= _LONGEST and _LINK_WORDS.fullmatch(text) is not None


_LONGEST = 60
