import type { ScreenGroup } from '@serai/ui/screen.ts';

/** The headings of cover's screens in the navigation. */
export const coverGroups = {
  money: { key: 'money', title: { en: 'Money', th: 'การเงิน', my: 'ငွေကြေး' } },
  members: { key: 'members', title: { en: 'Members', th: 'สมาชิก', my: 'အဖွဲ့ဝင်များ' } },
  cover: { key: 'cover', title: { en: 'Cover', th: 'ความคุ้มครอง', my: 'အာမခံ' } },
  claims: { key: 'claims', title: { en: 'Claims', th: 'การเบิกจ่าย', my: 'တောင်းခံလွှာများ' } },
  abroad: { key: 'abroad', title: { en: 'Across borders', th: 'ข้ามพรมแดน', my: 'နယ်စပ်ဖြတ်ကျော်' } },
  vouchers: { key: 'vouchers', title: { en: 'Vouchers', th: 'คูปอง', my: 'ဘောက်ချာများ' } },
  actuary: { key: 'actuary', title: { en: 'Actuary', th: 'คณิตศาสตร์ประกันภัย', my: 'အာမခံသင်္ချာ' } },
} satisfies Record<string, ScreenGroup>;
