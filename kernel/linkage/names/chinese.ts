import { READINGS, SYLLABLES } from './hanzi.generated.ts';

/**
 * Chinese characters → pinyin, one syllable a character, with the readings surnames take and the spellings carried
 * abroad: Wade–Giles (Taiwan), Cantonese (Hong Kong, the old diaspora), Hokkien and Teochew (South-East Asia).
 */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...DIGITS].map((digit, i) => [digit, i]));

/** Pinyin without tone of one character, or '' where none is known. */
export function pinyinOf(character: string): string {
  const index = character.codePointAt(0)! - 0x4e00;
  if (index < 0 || index * 2 >= READINGS.length) {
    return '';
  }
  return SYLLABLES[VALUES.get(READINGS[index * 2]!)! * 64 + VALUES.get(READINGS[index * 2 + 1]!)!] ?? '';
}

/** Readings a character has as a surname, where it differs from the commonest one. */
const SURNAME_READINGS: Readonly<Record<string, string>> = {
  单: 'shan',
  單: 'shan',
  曾: 'zeng',
  解: 'xie',
  查: 'zha',
  仇: 'qiu',
  任: 'ren',
  盖: 'ge',
  朴: 'piao',
  区: 'ou',
  區: 'ou',
  翟: 'zhai',
  尉: 'wei',
  缪: 'miao',
  覃: 'qin',
  乐: 'yue',
  樂: 'yue',
  冼: 'xian',
  宓: 'mi',
  折: 'she',
  华: 'hua',
  洗: 'xian',
  召: 'shao',
  种: 'chong',
  员: 'yun',
  黑: 'he',
  繁: 'po',
  秘: 'bi',
  逄: 'pang',
  隗: 'wei',
  燕: 'yan',
  葛: 'ge',
  万: 'wan',
};

/** Surnames as families abroad spell them: pinyin → Cantonese, Hokkien, Teochew, Hakka, Vietnamese, Korean. */
const ABROAD: Readonly<Record<string, string>> = {
  王: 'wong ong heng',
  李: 'lee lei ly li',
  张: 'cheung chang teo tiong truong',
  張: 'cheung chang teo tiong truong',
  刘: 'lau liu low luu',
  劉: 'lau liu low luu',
  陈: 'chan tan chin tran ting',
  陳: 'chan tan chin tran ting',
  杨: 'yeung yeo young duong',
  楊: 'yeung yeo young duong',
  黄: 'wong ng ooi hwang huynh hoang',
  黃: 'wong ng ooi hwang huynh hoang',
  赵: 'chiu chao trieu cho',
  趙: 'chiu chao trieu cho',
  周: 'chow chau chew chu',
  吴: 'ng goh wu ngo',
  吳: 'ng goh wu ngo',
  徐: 'tsui chui hsu seo',
  孙: 'suen sun sng',
  孫: 'suen sun sng',
  马: 'ma mah',
  馬: 'ma mah',
  朱: 'chu choo',
  胡: 'wu oh woo ho',
  林: 'lam lim lin rim',
  何: 'ho hor',
  郭: 'kwok kuo quek quach',
  高: 'ko kao ko go',
  梁: 'leung liang neo leong luong',
  郑: 'cheng tay teh tee trinh jung',
  鄭: 'cheng tay teh tee trinh jung',
  罗: 'lo law loh',
  羅: 'lo law loh',
  宋: 'sung song soong tong',
  谢: 'tse hsieh chia cheah ta',
  謝: 'tse hsieh chia cheah ta',
  唐: 'tong tang',
  韩: 'hon han',
  韓: 'hon han',
  曹: 'tso tsao chao cho',
  许: 'hui hsu koh khaw hua',
  許: 'hui hsu koh khaw hua',
  邓: 'tang teng dang',
  鄧: 'tang teng dang',
  萧: 'siu hsiao seow',
  蕭: 'siu hsiao seow',
  冯: 'fung feng',
  馮: 'fung feng',
  蔡: 'choi tsai chua chai choy thai',
  彭: 'pang peng',
  潘: 'poon pan phua phan',
  于: 'yu',
  董: 'tung',
  余: 'yu yee',
  苏: 'so su soh',
  蘇: 'so su soh',
  叶: 'yip yeh yap',
  葉: 'yip yeh yap',
  吕: 'lui lu loo',
  呂: 'lui lu loo',
  魏: 'ngai wei',
  蒋: 'cheung chiang',
  蔣: 'cheung chiang',
  田: 'tin tien',
  杜: 'to tu toh do',
  丁: 'ting',
  沈: 'shum sim shen',
  江: 'kong chiang kang',
  范: 'fan pham',
  傅: 'fu poh',
  钟: 'chung cheong',
  鐘: 'chung cheong',
  卢: 'lo loo',
  盧: 'lo loo',
  汪: 'wong wang',
  戴: 'tai',
  崔: 'chui choi tsui',
  廖: 'liu liao liew',
  姚: 'yiu yao',
  方: 'fong pung',
  金: 'kam chin kim',
  邱: 'yau chiu khoo',
  夏: 'ha hsia',
  谭: 'tam',
  譚: 'tam',
  邹: 'chow tsou',
  熊: 'hung hsiung',
  石: 'shek shih',
  孟: 'mang meng',
  秦: 'chun chin',
  白: 'pak pai',
  侯: 'hau hou',
  温: 'wan wen',
  溫: 'wan wen',
  阮: 'yuen nguyen',
  黎: 'lai le',
  武: 'vu vo mo',
  裴: 'bui pui',
  欧: 'au ou',
  歐: 'au ou',
  朴: 'park pak',
  尹: 'yoon yun',
  崔永: 'choi',
};

export const COMPOUND_SURNAMES = new Set(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 长孙 長孫 宇文 夏侯 端木 南宫 南宮 百里'.split(
    ' ',
  ),
);

/** Pinyin → Wade–Giles without apostrophes or marks, as Taiwan's passports write names. */
export function wadeGiles(pinyin: string): string {
  const match = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.+)$/.exec(pinyin);
  if (!match) {
    return pinyin;
  }
  const [, initial = '', final] = match;
  const initials: Readonly<Record<string, string>> = {
    b: 'p',
    d: 't',
    g: 'k',
    j: 'ch',
    q: 'ch',
    x: 'hs',
    zh: 'ch',
    r: 'j',
    z: 'ts',
    c: 'ts',
  };
  let rime = final!;
  if ((initial === 'zh' || initial === 'ch' || initial === 'sh' || initial === 'r') && rime === 'i') {
    rime = 'ih';
  } else if ((initial === 'z' || initial === 'c' || initial === 's') && rime === 'i') {
    return initial === 's' ? 'szu' : 'tzu';
  } else if (rime === 'ong') {
    rime = 'ung';
  } else if (rime === 'uo' && !['g', 'k', 'h', 'sh'].includes(initial)) {
    rime = 'o';
  } else if (rime === 'ian') {
    rime = 'ien';
  } else if (rime === 'ie') {
    rime = 'ieh';
  } else if (rime === 'ue') {
    rime = 'ueh';
  } else if (rime === 'ui' && (initial === 'g' || initial === 'k')) {
    rime = 'uei';
  } else if (rime === 'e' && ['g', 'k', 'h'].includes(initial)) {
    rime = 'o';
  } else if (rime === 'er') {
    rime = 'erh';
  }
  if (pinyin === 'yi') {
    return 'i';
  }
  if (pinyin === 'you') {
    return 'yu';
  }
  if (pinyin === 'yan') {
    return 'yen';
  }
  if (pinyin === 'ye') {
    return 'yeh';
  }
  return (initials[initial] ?? initial) + rime;
}

/** Spellings of each character of a run, the likeliest first; the first character is also read as a surname. */
export function romaniseChinese(run: string): string[][] {
  const characters = [...run].filter((c) => pinyinOf(c) !== '' || SURNAME_READINGS[c] !== undefined);
  return characters.map((character, i) => {
    const reading = pinyinOf(character);
    const forms = i === 0 && SURNAME_READINGS[character] ? [SURNAME_READINGS[character], reading] : [reading];
    forms.push(...forms.map(wadeGiles));
    if (i === 0 || characters.length === 1) {
      forms.push(...(ABROAD[character]?.split(' ') ?? []));
    }
    return [...new Set(forms.filter((form) => form !== ''))];
  });
}
