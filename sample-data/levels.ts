import type { Level } from './random.js';

export const channels = {
  reference: [
    ['website', 0.34],
    ['branch', 0.28],
    ['mobile app', 0.16],
    ['broker', 0.14],
    ['phone', 0.08],
  ],
  current: [
    ['website', 0.28],
    ['branch', 0.12],
    ['mobile app', 0.45],
    ['broker', 0.1],
    ['phone', 0.05],
  ],
} as const satisfies Record<string, readonly Level[]>;

export const terms = {
  reference: [
    ['12 mo', 0.12],
    ['24 mo', 0.22],
    ['36 mo', 0.34],
    ['48 mo', 0.12],
    ['60 mo', 0.2],
  ],
  current: [
    ['12 mo', 0.105],
    ['24 mo', 0.195],
    ['36 mo', 0.33],
    ['48 mo', 0.13],
    ['60 mo', 0.24],
  ],
} as const satisfies Record<string, readonly Level[]>;

export const customerTypes: readonly Level[] = [
  ['new', 0.63],
  ['repeat', 0.37],
];

export const sectors: readonly Level[] = [
  ['retail', 0.16],
  ['health', 0.15],
  ['factory', 0.12],
  ['building', 0.1],
  ['school', 0.1],
  ['tech', 0.09],
  ['finance', 0.07],
  ['hotel', 0.06],
  ['transport', 0.05],
  ['public', 0.04],
  ['farming', 0.03],
  ['energy', 0.03],
];

/** States and territories by population in millions; the small ones raised so that none can be absent by chance. */
export const states: readonly Level[] = [
  'CA 39,TX 30.5,FL 22.6,NY 19.6,PA 13,IL 12.5,OH 11.8,GA 11,NC 10.8,MI 10,NJ 9.3,VA 8.7,WA 7.8,AZ 7.4',
  'TN 7.1,MA 7,IN 6.9,MD 6.2,MO 6.2,WI 5.9,CO 5.9,MN 5.7,SC 5.4,AL 5.1,LA 4.6,KY 4.5,OR 4.2,OK 4.1',
  'CT 3.6,UT 3.4,IA 3.2,NV 3.2,PR 3.2,AR 3.1,KS 2.9,MS 2.9,NM 2.1,ID 2,NE 2,WV 1.8,HI 1.6,NH 1.6',
  'ME 1.6,MT 1.6,RI 1.6,DE 1.6,SD 1.6,ND 1.6,AK 1.6,DC 1.6,VT 1.6,WY 1.6,GU 1.6,VI 1.6,AS 1.6,MP 1.6',
]
  .join(',')
  .split(',')
  .map((pair): Level => [pair.slice(0, 2), Number(pair.slice(3))]);

/** Applications by hour of day. */
export const hours: readonly Level[] = [
  1, 1, 1, 1, 1, 1.5, 2, 4, 7, 10, 11, 10, 8, 8, 9, 9, 8, 7, 7, 8, 9, 7, 4, 2,
].map((weight, hour): Level => [String(hour), weight]);

/** Applications by weekday, Monday first. */
export const weekdays: readonly Level[] = [17, 17, 16, 15, 14, 11, 10].map(
  (weight, day): Level => [String(day), weight],
);
