"""Field aliases: the names of an article's fields in records of many publishers and programs.

Responsibility: list the names, best first, and those that say nothing about an article.
Decision: one table for all publishers; a name that is often something else comes last or is absent,
such as `story`, which research collections use for the label of an event.
Must not depend on: how names are compared.
"""

_FIELDS = {
    "uri": """
        uri id guid uuid _id docno article_id articleid story_id stories_id doc_id document_id
        news_id post_id nid identifier cord_uid @id urn sha""",
    "url": """
        canonical_url url web_url weburl link article_url news_url story_url permalink href
        external_url og:url loc enlace lien adresse short_url""",
    "headline": """
        headline headlines title webtitle head article_title news_title newstitle story_title
        heading
        titular título titulo titulares titre titres titel überschrift schlagzeile titolo manchete
        titulo_noticia заголовок 标题 標題 タイトル العنوان og:title title_page title_rss
        headline.main title.rendered fields.headline dc:title short_title""",
    "body": """
        body body_text bodytext story_text article_body articlebody full_text fulltext maintext
        main_text body_html body_xhtml content_html content_text text article article_text
        article_content content content_encoded content:encoded news news_text news_content
        story_body cleaned_text plain_text raw_text text_content paragraphs cuerpo texto contenido
        cuerpo_noticia texte contenu corps inhalt artikeltext volltext testo contenuto corpo
        conteudo conteúdo corpo_texto текст содержание 正文 内容 內容 本文 النص content.rendered
        fields.bodytext fields.body""",
    "summary": """
        lead_paragraph description_text description summary abstract snippet excerpt lead deck dek
        standfirst trailtext short_description subtitle meta_description resumen descripción
        descripcion bajada entradilla résumé chapô zusammenfassung beschreibung riassunto sommario
        resumo og:description excerpt.rendered fields.trailtext""",
    "first_created": """
        first_created date_published datepublished published_at publishedat publish_date publishdate
        date_publish published_date publication_date pub_date pubdate webpublicationdate
        datetimepub published_on publication_time publish_time pubtime published
        article:published_time date_gmt post_date_gmt issued date datetime date_time post_date
        posted_at posted_on posted release_date date_created content_created created_at
        created timestamp seendate fecha fecha_publicacion fecha_de_publicacion
        fecha_publicación fecha_de_publicación datum veröffentlicht veröffentlichungsdatum
        erscheinungsdatum date_publication date_de_publication data data_publicacao
        data_publicação data_de_publicação data_pubblicazione дата 日期 时间 發布時間 发布时间 日付
        التاريخ dc:date time indexed_date""",
    "version_created": """
        version_created date_modified datemodified date_modify modified modified_gmt updated
        updated_at updated_on last_updated last_modified lastmod modified_at modified_date
        update_date article:modified_time actualizado fecha_actualizacion""",
    "source": """
        source source_name publisher agency outlet publication publication_name media_name
        source.name source.title source_title newspaper sitename site_name news_source
        newssource info_source infosource info_sources provider og:site_name meta_site_name
        container-title thread.site media_outlet media source_domain domain site website
        hostname source_hostname feed_name channel collection fuente medio periódico periodico
        diario agencia quelle zeitung fonte testata giornale jornal journal источник 来源 來源 媒体
        المصدر""",
    "language": """
        language lang inlanguage language_code lang_code meta_lang idioma langue sprache lingua
        язык 语言""",
    "by": """
        byline by author authors author_name authors_name creator dc:creator writer journalist
        reporter reporters columnist byline.original fields.byline news_author autor autores
        autora auteur auteurs autore autori verfasser autorin firma redactor автор 作者 记者
        المؤلف""",
    "dateline": "dateline",
    "located": "located location dateline_city lugar ciudad lieu ort luogo",
    "slugline": "slugline slug post_name",
    "subjects": """
        subjects subject keywords tags topics topic meta_keywords palabras_clave etiquetas temas
        mots_clés mots_cles schlagwörter schlagworte stichwörter parole_chiave palavras_chave
        ключевые_слова 关键词""",
    "section": """
        section section_name sectionname articlesection category categories category_name
        news_desk kicker rubric sección seccion rubrique ressort rubrik sezione seção secao
        categoría categoria categorie kategorie""",
    "people": "people persons person per_facet",
    "places": "places place locations geo_facet",
    "organisations": "organisations organizations organisation orgs org_facet companies",
    "ed_note": "ed_note editor_note editors_note correction",
    "pub_status": "pub_status publication_status publishing_status",
    "status": "status",
    "embargoed": """
        embargoed embargo embargo_until embargoed_until embargo_date embargo_time embargo_datetime
        embargo_ends sperrfrist""",
    "urgency": "urgency",
}

ALIASES: dict[str, tuple[str, ...]] = {
    field: tuple(names.split()) for field, names in _FIELDS.items()
}
"""By field, best first. `summary` is the body of a record that has no other."""

HARMLESS = frozenset("""
_index _type _score _version _routing _seq_no _primary_term sort score rank index unnamed:0
unnamed:0.1 level_0 row_idx truncated_cells features year month day hour time_zone number
image images image_url imageurl urltoimage img img_url top_image top_img thumbnail
thumbnail_url banner_image photo photos picture main_image movies video videos media_content
socialimage social_image_url lead_image_url media_id media_url stories_tags_id ap_syndicated
themes language_iso sentiment polarity subjectivity label labels class class_index classindex
target word_count wordcount char_count length size reading_time views shares share_count likes
comments comment_count social facebook_shares domain_rank type item_type doc_type document_type
content_type contenttype mimetype mime_type data_type datatype format version date_inferred
@context @type schema standard representation_type profile crawl_time crawled crawl_date scraped_at
scrape_date scraping_date date_download date_rss_published fetched retrieved_at collected
inserted_at
filename file localpath path html raw_html page_html article_html rawhtml content_raw fingerprint
hash md5 checksum license licence copyright rights copyright_holder rights_info pillar_id
pillar_name
section_id pillarid pillarname sectionid is_hosted ishosted api_url apiurl country country_code
sourcecountry region ord_in_thread parent_url highlighttext highlighttitle thread rating
external_links
external_images is_dup isduplicate sim event_uri eventuri concepts wgt relevance storyuri story
url_mobile guid_ispermalink comment_status ping_status sticky template meta _links featured_media
featured_image yoast_head yoast_head_json generator home_page_url feed_url icon favicon next_url
user_comment print_page print_section document_type multimedia byline_person uri_hash time_published
ednote_private genre genres priority altids associations rendition renditions trust access_status
accessed volume issue issn page pages doi dc:identifier edition content_hash status_code
descriptions altids names titles usageterms usage_terms rightsinfo
enclosures event events object objects infosources extra_items
links related
response_code is_live pubstatus_private
""".split())  # fmt: skip
"""Names that programs write for themselves: nobody misses them in an article."""
