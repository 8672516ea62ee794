import type { Script } from './script.ts';

/**
 * Words in a name that say little about who it is: honorifics, particles, kinship words of patronymics. They are kept
 * but weigh little, since the same word may be a real name (Maung Maung, Ma Yun, Ko Ko).
 */
const HONORIFICS = new Set(
  (
    'mr mrs ms miss dr prof sir madam mme mlle m sr sra don dona hon rev haji hajji hajj hajja hadji hoji sheikh shaikh sheik shaykh sayyid syed ' +
    'u daw ma ko maung mg naw saw sai nang mai salai sayadaw saya ashin bo nai mi ' +
    'nai nang naaw naangsaaw khun khon dek thao nang phra mae chi ' +
    'lok look neak oknha kru ' +
    'ato woizero weizero wzo wrt abba qes kes ' +
    'shri sri smt shrimati kumari md mohd mst begum bibi mian mirza pir ustad maulana mullah mulla agha aqa khanum janab sahib saheb bai ' +
    'mulana molla baba aka opa'
  ).split(' '),
);
/** Honorifics in their own script, as whole tokens or as the leading syllable. */
const NATIVE_HONORIFICS = new Set(
  (
    'นาย นาง นางสาว นส เด็กชาย เด็กหญิง ดช ดญ ดร คุณ พระ แม่ชี ' +
    'ທ້າວ ນາງ ທ່ານ ນາຍ ' +
    'លោក លោកស្រី កញ្ញា អ្នកស្រី ឯកឧត្តម ' +
    'ဦး ဒေါ် မ ကို မောင် စော နော် စိုင်း နန်း ဆရာ ဆရာမ ဒေါက်တာ နိုင် မိ ' +
    'د دكتور السيد السيده سيد سيده الحاج حاج حاجي شيخ الشيخ آقا خانم جناب صاحب ملا مولانا بيگم بي ' +
    'श्री श्रीमती सुश्री कुमारी डॉ শ্রী জনাব বেগম মোঃ মো মোসা মোছা ' +
    'አቶ ወይዘሮ ወሮ ወሪት ዶር አባ ' +
    '先生 女士 小姐 氏 г гн госпожа'
  ).split(' '),
);
const PARTICLES = new Set(
  (
    'al el ul ad ar as at ash az bin ben ibn b binti bint bte bt binte ould wuld oulad ait abu abou abi um umm ' +
    'van von der den de da do dos das di du del della la le les los las y e zu zum ten ter af av ' +
    'oglu ogly oghlu ugli ogli ugly uly uli kyzy qyzy kizi qizi kysy uulu tegin zoda zada zadeh zade i s o ' +
    'вон фон ван де оглы оглу огли углы угли улы ұлы уулу кызы қызы қизи кизи гызы тегин ибн бин аль эль ' +
    'ال بن ابن بنت ابو ام آل ولد بو زاده ' +
    'so s/o d/o w/o c/o do wo'
  ).split(' '),
);

const LEADING = new Set(
  'al el ul ad ar as abu abou abi umm bin ben ibn van von de di del della ال ابو بن ابن'.split(' '),
);

export type Role = 'name' | 'patronymic' | 'honorific' | 'particle' | 'initial';

/** What a token is, from its text (lower case), its place and how many there are. */
export function roleOf(token: string, at: number, count: number, script: Script): Role {
  // A syllable of a script without word spaces is no particle, whatever it sounds like.
  const syllable = script === 'Mymr' || script === 'Hani' || script === 'Hang' || script === 'Kana';
  // A short word in front is more often a name (Do-yun, Oh Se-hun) than a particle.
  if (count > 1 && !syllable && PARTICLES.has(token) && (at > 0 || LEADING.has(token))) {
    return 'particle';
  }
  if (count > 1 && at === 0 && script !== 'Hani' && (HONORIFICS.has(token) || NATIVE_HONORIFICS.has(token))) {
    return 'honorific';
  }
  if (count > 2 && at === 1 && (token === 'haji' || token === 'md' || token === 'mohd')) {
    return 'honorific';
  }
  if (count > 1 && /(?:ovich|evich|ovna|evna|ichna|ович|евич|овна|евна|ична|івна|йович)$/u.test(token) && count > 2) {
    return 'patronymic';
  }
  if (!syllable && /^[a-zа-я]$/u.test(token) && count > 1) {
    return 'initial';
  }
  return 'name';
}

/** How much a token of each role counts beside a plain name. */
export const ROLE_WEIGHT: Readonly<Record<Role, number>> = {
  name: 1,
  patronymic: 0.5,
  honorific: 0.12,
  particle: 0.12,
  initial: 0.3,
};
