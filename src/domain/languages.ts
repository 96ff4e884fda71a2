/** The languages of ISO 639-1 with their English names. https://www.loc.gov/standards/iso639-2/php/English_list.php */

export type Language = { readonly code: string; readonly name: string };

const TABLE = `
aa Afar|ab Abkhazian|ae Avestan|af Afrikaans|ak Akan|am Amharic|an Aragonese|ar Arabic|as Assamese|av Avaric|ay Aymara|az Azerbaijani
ba Bashkir|be Belarusian|bg Bulgarian|bi Bislama|bm Bambara|bn Bengali|bo Tibetan|br Breton|bs Bosnian
ca Catalan|ce Chechen|ch Chamorro|co Corsican|cr Cree|cs Czech|cu Church Slavonic|cv Chuvash|cy Welsh
da Danish|de German|dv Divehi|dz Dzongkha|ee Ewe|el Greek|en English|eo Esperanto|es Spanish|et Estonian|eu Basque
fa Persian|ff Fulah|fi Finnish|fj Fijian|fo Faroese|fr French|fy Western Frisian
ga Irish|gd Scottish Gaelic|gl Galician|gn Guarani|gu Gujarati|gv Manx
ha Hausa|he Hebrew|hi Hindi|ho Hiri Motu|hr Croatian|ht Haitian Creole|hu Hungarian|hy Armenian|hz Herero
ia Interlingua|id Indonesian|ie Interlingue|ig Igbo|ii Sichuan Yi|ik Inupiaq|io Ido|is Icelandic|it Italian|iu Inuktitut
ja Japanese|jv Javanese|ka Georgian|kg Kongo|ki Kikuyu|kj Kuanyama|kk Kazakh|kl Greenlandic|km Khmer|kn Kannada|ko Korean|kr Kanuri|ks Kashmiri|ku Kurdish|kv Komi|kw Cornish|ky Kyrgyz
la Latin|lb Luxembourgish|lg Ganda|li Limburgish|ln Lingala|lo Lao|lt Lithuanian|lu Luba-Katanga|lv Latvian
mg Malagasy|mh Marshallese|mi Māori|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese
na Nauru|nb Norwegian Bokmål|nd North Ndebele|ne Nepali|ng Ndonga|nl Dutch|nn Norwegian Nynorsk|no Norwegian|nr South Ndebele|nv Navajo|ny Chichewa
oc Occitan|oj Ojibwa|om Oromo|or Oriya|os Ossetian|pa Punjabi|pi Pali|pl Polish|ps Pashto|pt Portuguese|qu Quechua
rm Romansh|rn Rundi|ro Romanian|ru Russian|rw Kinyarwanda
sa Sanskrit|sc Sardinian|sd Sindhi|se Northern Sami|sg Sango|si Sinhala|sk Slovak|sl Slovenian|sm Samoan|sn Shona|so Somali|sq Albanian|sr Serbian|ss Swati|st Southern Sotho|su Sundanese|sv Swedish|sw Swahili
ta Tamil|te Telugu|tg Tajik|th Thai|ti Tigrinya|tk Turkmen|tl Tagalog|tn Tswana|to Tongan|tr Turkish|ts Tsonga|tt Tatar|tw Twi|ty Tahitian
ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|ve Venda|vi Vietnamese|vo Volapük|wa Walloon|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba|za Zhuang|zh Chinese|zu Zulu
`;

/** All of them by English name. */
export const LANGUAGES: readonly Language[] = TABLE.trim()
  .split(/[|\n]/)
  .map((entry) => ({ code: entry.slice(0, 2), name: entry.slice(3) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const names = new Map(LANGUAGES.map(({ code, name }) => [code, name]));

/** English name of a language; the code itself where it has none. */
export const languageName = (code: string): string => names.get(code) ?? code;

/** ISO 639-1 code of a locale or tag: `pt-BR` and `pt_PT` are `pt`; undefined for what is no language of the table. */
export function baseLanguage(tag: string): string | undefined {
  const code = tag.trim().split(/[-_]/)[0]?.toLowerCase() ?? '';
  return names.has(code) ? code : undefined;
}

/** ISO 639-1 code of what somebody typed: a code, a locale or an English name; undefined for what is no language of the table. */
export function languageMeant(typed: string): string | undefined {
  const name = typed.trim().toLowerCase();
  return LANGUAGES.find((language) => language.name.toLowerCase() === name)?.code ?? baseLanguage(typed);
}

/** What somebody speaks: what they said, else the language they read Slack in. */
export function languagesOf(said: readonly string[], locale: string): readonly string[] {
  if (said.length > 0) return said;
  const code = baseLanguage(locale);
  return code === undefined ? [] : [code];
}

const WORDS_OF_A_NAME = 3;

/** The code of a language by its English name or code, whatever its case. */
function languageNamed(typed: string): string | undefined {
  const key = typed.toLowerCase();
  return names.has(key) ? key : LANGUAGES.find(({ name }) => name.toLowerCase() === key)?.code;
}

/** "Refunds in French" → what stands before, and `fr`; undefined where the last words are no language. Brackets around them do not matter. */
export function languageAtEnd(typed: string): { before: string; code: string } | undefined {
  const words = typed.trim().split(/\s+/);
  for (let count = Math.min(WORDS_OF_A_NAME, words.length); count > 0; count -= 1) {
    const code = languageNamed(
      words
        .slice(-count)
        .join(' ')
        .replaceAll(/[[\]()]/g, ''),
    );
    if (code === undefined) continue;
    const before = words.slice(0, -count);
    return { before: (before.at(-1)?.toLowerCase() === 'in' ? before.slice(0, -1) : before).join(' '), code };
  }
  return undefined;
}
