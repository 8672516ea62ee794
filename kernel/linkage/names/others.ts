/**
 * Small alphabets that meet on the same roads: Greek, Armenian, Georgian, Hebrew, Korean, Japanese kana, Tifinagh,
 * N'Ko, Adlam. A table each; the spelling is the one passports of the country use.
 */
const table = (pairs: string): ReadonlyMap<string, string> =>
  new Map(pairs.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

const GREEK = table(
  'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
);
const ARMENIAN = table(
  'ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=ts ւ=v փ=p ք=k օ=o ֆ=f և=ev',
);
const GEORGIAN = table(
  'ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=q შ=sh ჩ=ch ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h',
);
const HEBREW = table(
  'א=a ב=b ג=g ד=d ה=h ו=v ז=z ח=h ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=p ף=f צ=tz ץ=tz ק=k ר=r ש=sh ת=t',
);
const TIFINAGH = table(
  'ⴰ=a ⴱ=b ⴲ=b ⴳ=g ⴴ=g ⴵ=j ⴶ=j ⴷ=d ⴸ=d ⴹ=d ⴺ=d ⴻ=e ⴼ=f ⴽ=k ⴾ=k ⴿ=k ⵀ=h ⵁ=h ⵂ=h ⵃ=h ⵄ=a ⵅ=kh ⵆ=kh ⵇ=q ⵈ=q ⵉ=i ⵊ=j ⵋ=j ⵌ=j ⵍ=l ⵎ=m ⵏ=n ⵐ=ny ⵑ=ng ⵒ=p ⵓ=u ⵔ=r ⵕ=r ⵖ=gh ⵗ=gh ⵘ=j ⵙ=s ⵚ=s ⵛ=sh ⵜ=t ⵝ=t ⵞ=ch ⵟ=t ⵠ=v ⵡ=w ⵢ=y ⵣ=z ⵤ=z ⵥ=z ⵦ=e ⵧ=o ⵯ=w',
);
const NKO = table(
  'ߊ=a ߋ=e ߌ=i ߍ=e ߎ=u ߏ=o ߐ=o ߑ=n ߒ=n ߓ=b ߔ=p ߕ=t ߖ=j ߗ=ch ߘ=d ߙ=r ߚ=rr ߛ=s ߜ=gb ߝ=f ߞ=k ߟ=l ߠ=n ߡ=m ߢ=ny ߣ=n ߤ=h ߥ=w ߦ=y ߧ=ny ߨ=j ߩ=ch ߪ=r',
);
/** Adlam's small letters, in the order of the block from U+1E922. */
const ADLAM = [...'a d l m b s p bh r e f i o dh yh w n k y u j ch h q g ny t nh'.split(' ')];

function letters(token: string, map: ReadonlyMap<string, string>): string {
  let out = '';
  for (const letter of token) {
    out += map.get(letter) ?? (letter >= 'a' && letter <= 'z' ? letter : '');
  }
  return out;
}

export function romaniseGreek(token: string): string[] {
  const plain = token
    .normalize('NFD')
    .replace(/\u0308/gu, '')
    .replace(/\p{M}/gu, '')
    .replace(/ου/gu, 'u')
    .replace(/γ(?=[γξχκ])/gu, 'n')
    .replace(/(?<=[αεη])υ(?=[βγδζλμνραεηιουω])/gu, 'v')
    .replace(/(?<=[αεη])υ/gu, 'f')
    .replace(/^μπ/gu, 'b')
    .replace(/^ντ/gu, 'd');
  const main = letters(plain.replace(/u/gu, 'u'), GREEK);
  return [...new Set([main, main.replaceAll('ch', 'h'), main.replaceAll('y', 'i').replaceAll('f', 'ph')])];
}

export function romaniseArmenian(token: string): string[] {
  const main = letters(
    token.replace(/ու/gu, 'u').replace(/եւ/gu, 'և').replace(/^ո/gu, 'vo').replace(/^ե/gu, 'ye'),
    ARMENIAN,
  );
  return [...new Set([main, main.replace(/^ye/, 'e')])];
}

export function romaniseGeorgian(token: string): string[] {
  const main = letters(token, GEORGIAN);
  // The nominative -i of a name is often left off abroad: მამედოვი, Mamedov.
  return main.endsWith('i') && main.length > 4 ? [main, main.slice(0, -1)] : [main];
}

export function romaniseHebrew(token: string): string[] {
  const bare = token.replace(/\p{M}/gu, '');
  const main = letters(bare, HEBREW).replace(/(?<=.)h$/, 'a');
  const soft = letters(
    bare
      .replace(/(?<=.)ו/gu, 'o')
      .replace(/(?<=.)ב/gu, 'v')
      .replace(/פ/gu, 'f'),
    HEBREW,
  );
  return [...new Set([main, soft, main.replaceAll('v', 'u').replaceAll('sh', 's')])];
}

export function romaniseTifinagh(token: string): string[] {
  return [letters(token, TIFINAGH)];
}

export function romaniseNko(token: string): string[] {
  return [letters(token.replace(/\p{M}/gu, ''), NKO)];
}

export function romaniseAdlam(token: string): string[] {
  let out = '';
  for (const letter of token) {
    out += ADLAM[letter.codePointAt(0)! - 0x1e922] ?? '';
  }
  return [out];
}

const LEADS = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ').map((s) => (s === '-' ? '' : s));
const MEDIALS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const TAILS = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ').map((s) => (s === '-' ? '' : s));

/** Revised Romanization, with the spellings McCune–Reischauer and passports prefer as variants. */
export function romaniseHangul(token: string): string[] {
  let out = '';
  for (const letter of token.normalize('NFC')) {
    const index = letter.codePointAt(0)! - 0xac00;
    if (index >= 0 && index < 11172) {
      out += LEADS[Math.floor(index / 588)]! + MEDIALS[Math.floor((index % 588) / 28)]! + TAILS[index % 28]!;
    }
  }
  const known: Readonly<Record<string, string>> = {
    gim: 'kim',
    i: 'lee',
    bak: 'park',
    ri: 'lee',
    im: 'lim',
    o: 'oh',
    u: 'woo',
    no: 'roh',
    ju: 'joo',
  };
  const passport = out
    .replaceAll('eo', 'u')
    .replaceAll('eu', 'u')
    .replace(/^g/, 'k')
    .replace(/^d/, 't')
    .replace(/^b/, 'p');
  return [...new Set([out, ...(known[out] ? [known[out]] : []), passport])];
}

const KANA = table(
  'あ=a い=i う=u え=e お=o か=ka き=ki く=ku け=ke こ=ko が=ga ぎ=gi ぐ=gu げ=ge ご=go さ=sa し=shi す=su せ=se そ=so ざ=za じ=ji ず=zu ぜ=ze ぞ=zo た=ta ち=chi つ=tsu て=te と=to だ=da ぢ=ji づ=zu で=de ど=do な=na に=ni ぬ=nu ね=ne の=no は=ha ひ=hi ふ=fu へ=he ほ=ho ば=ba び=bi ぶ=bu べ=be ぼ=bo ぱ=pa ぴ=pi ぷ=pu ぺ=pe ぽ=po ま=ma み=mi む=mu め=me も=mo や=ya ゆ=yu よ=yo ら=ra り=ri る=ru れ=re ろ=ro わ=wa ゐ=i ゑ=e を=o ん=n ゔ=vu ぁ=a ぃ=i ぅ=u ぇ=e ぉ=o',
);

/** Hepburn; long vowels are not marked. */
export function romaniseKana(token: string): string[] {
  let out = '';
  let double = false;
  for (const original of token.normalize('NFC')) {
    const code = original.codePointAt(0)!;
    const letter = code >= 0x30a1 && code <= 0x30f4 ? String.fromCodePoint(code - 0x60) : original;
    if (letter === 'っ') {
      double = true;
      continue;
    }
    if ('ゃゅょ'.includes(letter)) {
      const vowel = letter === 'ゃ' ? 'a' : letter === 'ゅ' ? 'u' : 'o';
      out = /(?:sh|ch|j)i$/.test(out) ? out.slice(0, -1) + vowel : `${out.slice(0, -1)}y${vowel}`;
      continue;
    }
    const sound = KANA.get(letter) ?? '';
    out += double && sound !== '' ? sound[0] + sound : sound;
    double = false;
  }
  return [...new Set([out, out.replace(/ou/g, 'o').replace(/uu/g, 'u')])];
}
