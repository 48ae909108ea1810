import type { Random } from './random.js';

const needs = words(
  'roof,car,van,kitchen,bathroom,wedding,dental work,school fees,moving,holiday,old debts,two cards,tax bill,vet bill,heating,windows,laptop,tools,solar panels,motorbike,garden,funeral,piano,surgery,fence,new floor,boiler,course,trailer,baby room',
);
const details = words(
  'repair,replace,pay off,deposit,second half,last part,top up,after storm,for son,for daughter,for mother,for shop,for work,with partner,at home,next month,this spring,this week,by Friday,before move,from quote,with tax,no extras,used one,small one,bigger one,same as before,as agreed,shared cost,own half',
);
const endings = words(
  'urgent,no rush,please call,thanks,see quote,bill attached,cash only,paid soon,final,to consolidate,lower rate,fixed rate,as told,flexible,first loan,again,on advice,if possible,half now,all now,by bank,short one,long one,one time',
);

/** What a person types into the form: a few words, sometimes with a comma. */
export function purpose(random: Random): string {
  const start = `${word(random, needs)} ${word(random, details)}`;
  const style = random.uniform();
  if (style < 0.12) return start;
  return `${start}${style < 0.4 ? ', ' : ' '}${word(random, endings)}`;
}

function words(list: string): string[] {
  return list.split(',');
}

function word(random: Random, list: string[]): string {
  return list[Math.floor(random.uniform() * list.length)] ?? '';
}
