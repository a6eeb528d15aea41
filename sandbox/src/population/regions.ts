// Regions the invented people come from, with the codes their documents carry.

export interface Region {
  /** OKATO code: first two digits of a passport's series. */
  readonly okato: string;
  /** Region code of tax, health insurance and driving papers. */
  readonly code: string;
  readonly police: string;
  /** The same name as it stands in the older, capitalised stamps. */
  readonly migrationService: string;
  readonly towns: readonly Town[];
}

export interface Town {
  readonly birthPlace: string;
  readonly policeStation: string;
}

const tatarstan: Region = {
  okato: '92',
  code: '16',
  police: 'МВД по Республике Татарстан',
  migrationService: 'ОТДЕЛОМ УФМС РОССИИ ПО РЕСПУБЛИКЕ ТАТАРСТАН',
  towns: [
    { birthPlace: 'г. Казань', policeStation: 'СОВЕТСКИМ РУВД Г. КАЗАНИ' },
    { birthPlace: 'г. Набережные Челны', policeStation: 'УВД Г. НАБЕРЕЖНЫЕ ЧЕЛНЫ' },
    { birthPlace: 'г. Альметьевск', policeStation: 'АЛЬМЕТЬЕВСКИМ УВД' },
    { birthPlace: 'г. Елабуга', policeStation: 'ЕЛАБУЖСКИМ РОВД' },
  ],
};

const others: readonly Region[] = [
  {
    okato: '80',
    code: '02',
    police: 'МВД по Республике Башкортостан',
    migrationService: 'ОТДЕЛОМ УФМС РОССИИ ПО РЕСПУБЛИКЕ БАШКОРТОСТАН',
    towns: [
      { birthPlace: 'г. Уфа', policeStation: 'КИРОВСКИМ РУВД Г. УФЫ' },
      { birthPlace: 'г. Стерлитамак', policeStation: 'УВД Г. СТЕРЛИТАМАКА' },
    ],
  },
  {
    okato: '36',
    code: '63',
    police: 'ГУ МВД России по Самарской области',
    migrationService: 'ОТДЕЛОМ УФМС РОССИИ ПО САМАРСКОЙ ОБЛАСТИ',
    towns: [
      { birthPlace: 'г. Самара', policeStation: 'ЛЕНИНСКИМ РУВД Г. САМАРЫ' },
      { birthPlace: 'г. Тольятти', policeStation: 'АВТОЗАВОДСКИМ РУВД Г. ТОЛЬЯТТИ' },
    ],
  },
  {
    okato: '97',
    code: '21',
    police: 'МВД по Чувашской Республике',
    migrationService: 'ОТДЕЛОМ УФМС РОССИИ ПО ЧУВАШСКОЙ РЕСПУБЛИКЕ',
    towns: [{ birthPlace: 'г. Чебоксары', policeStation: 'МОСКОВСКИМ РОВД Г. ЧЕБОКСАРЫ' }],
  },
  {
    okato: '45',
    code: '77',
    police: 'ГУ МВД России по г. Москве',
    migrationService: 'ОТДЕЛОМ УФМС РОССИИ ПО ГОР. МОСКВЕ',
    towns: [{ birthPlace: 'г. Москва', policeStation: 'ОВД РАЙОНА СОКОЛЬНИКИ Г. МОСКВЫ' }],
  },
];

/** More than half of the people come from the first region, as in a regional deployment. */
export const regions: readonly Region[] = [
  tatarstan, tatarstan, tatarstan, tatarstan, tatarstan, tatarstan, ...others,
];

export const homeRegion = tatarstan;

export const insurers: readonly string[] = [
  'АО «Страховая компания «Волга-Мед»',
  'ООО «СМК «Берег здоровья»',
  'АО «МСК «Кама-Полис»',
  'ООО «Медстрах-Поволжье»',
];
