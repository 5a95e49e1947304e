"""What stands on article pages and is not the article: by tag, by class or id, and by wording.

The same wording decides in ``revisions`` whether a change is one. Words are what news sites in Russian, Tajik, Chinese
and English use; a single site's oddity belongs into its outlet file (``remove``, ``remove_text``, ``end``).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Never article text, whatever they are called. textarea is not here: Huanqiu keeps its articles in one.
SKIPPED_TAGS = frozenset(
    """
    script style noscript template svg math canvas iframe frame object embed audio video map area form button select
    option input label fieldset dialog menu nav footer aside figure figcaption head title meta link base colgroup
    caption rp rt del
    """.split()  # noqa: SIM905  as a list of strings it takes 40 lines
)

# Whole words of a class or id, between - _ and blanks: "share" is one, "shareholder" is not.
_CLASS_WORDS = (
    r"share|shares|sharing|social|socials|bdsharebuttonbox|ya-share2?|addthis\w*|likely|pluso|soc"
    r"|related|relate|relates|recommend\w*|readmore|read-more|read-also|readalso|see-also|more-news|also|similar|teaser"
    r"|comment|comments|cmt|commentlist|disqus|reply|replies|discussion|feedback"
    r"|breadcrumbs?|crumbs?|pagination|pager|paging|nextpage|toolbar|tools?"
    r"|sidebar|widget|banner|banners|advert\w*|advertis\w*|adv|ads?|promo|promos|sponsor\w*|subscribe|subscription"
    r"|newsletter|donate|paywall|popup|modal|cookie|cookies|tooltip"
    r"|tags?|taglist|keywords?|key-word|rubrics?|topics-list"
    r"|copyright|copyrights|disclaimer|footer|footnav|nav|navbar|navigation|menu|header-nav"
    r"|caption|captions|figcaption|img-?descr?|image-?caption|photo-?caption|pic-?descr?|img_descr|pic-con|photo-?author"
    r"|editor|editors|edit|articleedit|zerenbianji|show_author|ep-source|ep-editor|article-?editor|document_authors"
    r"|views|viewed|counter|counters|hits|rating|likes?|vote|votes|print|qrcode|erweima|ewm|appqr\w*|wxfollow"
    r"|video-?(?:info|box|list|player)|videolist\w*|login|signin|signup|hidden|hide|visually-hidden|sr-only|screen-reader-text|vh"
    r"|byline|dateline|timestamp|datetime|publish-?date|pub-?date|post-?meta|article-?meta|meta-?info|entry-?meta"
)
_BOILERPLATE_CLASS = re.compile(rf"(?:^|[\s_-])(?:{_CLASS_WORDS})(?=$|[\s_-])", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# A line that announces other articles; what follows it, as long as it is links or short, goes too.
READ_ALSO = re.compile(
    r"^\W*(?:"
    r"(?:читайте (?:также|ещё|еще|по теме)|читать (?:также|ещё|еще|далее)|смотрите также|см\. также|"
    r"материалы по теме|новости по теме|похожие (?:новости|статьи|материалы)|вам может быть интересно|"
    r"инчунин (?:хонед|бихонед|мутолиа кунед)|ҳамчунин (?:хонед|бихонед|мутолиа кунед)|бештар хонед|"
    r"маводи марбут|маводҳои марбут|хабарҳои марбут|"
    r"相关(?:阅读|新闻|报道|链接|文章|推荐|专题)|延伸阅读|推荐阅读|更多(?:阅读|新闻|精彩|猛料)|热门推荐|往期回顾|"
    r"与内文相关的链接|为您推荐|猜你喜欢|"
    r"read also|see also|related (?:articles|stories|news|topics|content)|more on this"
    r")(?:\W|$)"
    # These also begin sentences: they count alone or before a colon.
    r"|(?:по теме|ещё по теме|еще по теме|другие новости|главное за (?:день|сутки|неделю)|рекомендуем|мутолиа кунед|"
    r"дар ин мавзӯъ|read (?:more|next)|recommended)\s*(?:[:：»→].*|\W*)$"
    r")",
    re.IGNORECASE,
)

# A short line of the page around the article. Editors' names in a paragraph of their own are left standing: they are
# part of what was published, and sites that set them apart are caught by class.
_FURNITURE = re.compile(
    r"^\W*(?:"
    r"подели(?:ться|сь|тесь)(?: \S+){0,6}|подпи(?:сывайтесь|шитесь|сывайся)\b.*|подписаться\b.*|"
    r"присоединяйтесь\b.*|следите за (?:нами|нашими|новостями)\b.*|"
    r"(?:если вы )?(?:нашли|заметили|обнаружили) (?:ошибку|опечатку)\b.*|выделите .*ctrl.*|"
    r"фото(?:графия)?\s*[:©].*|фото из .{0,60}|(?:источник фото|скриншот|иллюстрация)\b.*|видео\s*:.*|"
    r"(?:количество )?просмотр(?:ов|ы|ено)?\s*[:\-—]?\s*[\d\s.,]+\w?|[\d\s.,]+просмотр\w*|"
    r"комментари(?:и|ев|й)\s*[:(]?\s*\d*\)?|оставить комментарий|распечатать|версия для печати|реклама|загрузка.{0,5}|"
    r"последние новости|все новости|лента новостей|наверх|назад|вернуться .{0,30}|теги\s*:?.*|метки\s*:.*|"
    r"мубодила(?: кунед)?|ба дӯстон.{0,40}|обуна шавед.*|пайваст шавед.*|акс\s*[:аз©].{0,60}|сурат\s*:.*|"
    r"(?:хондан шуд|дида шуд|шумораи тамошо|тамошо)\s*[:\-—]?\s*\d+|чоп(?: кардан| кунед)|шарҳҳо\s*\d*|"
    r"图集|组图|分享(?:到|至|给)[:：]?.{0,40}|分享[:：]?|(?:微信|微博)?扫(?:一扫|描).{0,40}|.{0,20}二维码.{0,20}|.{0,30}未经授权不得转载.{0,10}|"
    r"版权(?:所有|声明).{0,60}|【?(?:纠错|我要纠错|举报)】?|我要反馈|加载更多|收起|展开全文|阅读全文|点击(?:查看|进入|下载|播放|展开).{0,30}|"
    r"字号[:：]?.{0,12}|字体[:：]?.{0,12}|(?:阅读|浏览|点击)(?:量|数|次数)?[:：]?\s*\d+.{0,3}|\d+\s*(?:人参与|条评论|评论|跟贴)|"
    r"关键词?\s*(?:>>|[:：]).{0,60}|标签[:：]?.{0,60}|更多猛料！.*|来源：?|下载(?:APP|客户端).{0,20}|打开APP.{0,20}|"
    r"share(?: this)?\b.{0,40}|subscribe\b.{0,80}|follow us\b.{0,60}|sign up\b.{0,80}|print|advertisement|"
    r"(?:\d[\d\s.,]*)?\s*(?:views|comments|shares|likes)\s*:?\s*[\d.,]*|views?\s*:?\s*[\d.,]+|"
    # A date in words with nothing behind it but the hour.
    r"(?:[^\W\d]{3,10}\.? \d{1,2},? \d{4}|\d{1,2} [^\W\d]{3,10}\.? \d{4})(?: г\.| года)?(?:,? \d{1,2}:\d{2})?|"
    r"copyright ©.*|©.{0,100}|all rights reserved.*"
    r")\W*$",
    re.IGNORECASE,
)
# The line below a headline: a date, perhaps an hour, a source and the buttons, and no sentence.
_DATE_LINE = re.compile(
    r"^\W*(?:(?:опубликовано|обновлено|дата(?: публикации)?|最后更新|更新时间|发布时间|时间|"
    r"published|updated)\s*[:：]?\s*)?"
    r"(?:\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:\s*[,T]?\s*\d{1,2}:\d{2}(?::\d{2})?)?[^。！？.!?]{0,40}$",
    re.IGNORECASE,
)
# Longer lines are text that happens to begin so.
_FURNITURE_MAX_CHARS = 180

# Pages that hold a visitor up instead of giving an article; met with the status 200 as well as 403.
CHALLENGE = re.compile(
    r"just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|enable javascript and cookies"
    r"|verify (?:that )?you are (?:a )?human|ddos-guard|servicepipe|attention required! \| cloudflare"
    r"|проверка (?:вашего )?браузера|проверяем, что вы не робот|подтвердите, что (?:запросы отправляли вы|вы не робот)"
    r"|访问过于频繁|请完成安全验证|安全验证|滑动验证",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a page has thousands of elements and hundreds of class lists
def is_boilerplate_name(names: str) -> bool:
    """Tell whether the classes and id of an element name something around the article."""
    return _BOILERPLATE_CLASS.search(names) is not None


def is_hidden_style(style: str) -> bool:
    """Tell whether an inline style hides its element."""
    return _HIDDEN_STYLE.search(style) is not None


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is a counter, a call to share or subscribe, a photo credit or the like."""
    if len(line) > _FURNITURE_MAX_CHARS:
        return False
    return any(pattern.match(line) for pattern in (_FURNITURE, READ_ALSO, _DATE_LINE))
