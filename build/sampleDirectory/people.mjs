/** Pools from which invented people are drawn: offices with names that are common there, and phone numbers reserved for fiction. */

const two = (number) => String(number).padStart(2, '0');
const three = (number) => String(number).padStart(3, '0');

/**
 * Number ranges: +1 425 555 01xx (NANPA, fiction); +44 20 7946 0xxx (Ofcom, drama); +49 30 23125 xxx and
 * +49 171 39200xx (Bundesnetzagentur, drama); +33 1 99 00 xx xx (ARCEP, audiovisual works);
 * +61 2 5550 xxxx and +61 491 570 xxx (ACMA, creative works).
 */
export const offices = [
  {
    city: 'Redmond',
    country: 'US',
    countryName: 'United States',
    language: 'en-US',
    share: 5,
    landline: (n) => `+1 425 555 01${two(n % 100)}`,
    mobile: (n) => `+1 425 555 01${two(n % 100)}`,
    givenNames: [
      'Ava',
      'Liam',
      'Denise',
      'Marcus',
      'Priya',
      'Tomás',
      'Keisha',
      'Wei',
      'Hannah',
      'Jamal',
      'Lucía',
      'Owen',
      'Nia',
      'Diego',
      'Grace',
    ],
    surnames: [
      'Whitfield',
      'Okafor',
      'Ramirez',
      'Patel',
      'Lindqvist',
      'Tran',
      'Goldberg',
      'Delacruz',
      'Begaye',
      'Kowalczyk',
      'Harlow',
      'Nakamura',
    ],
  },
  {
    city: 'London',
    country: 'GB',
    countryName: 'United Kingdom',
    language: 'en-GB',
    share: 4,
    landline: (n) => `+44 20 7946 0${three(n % 1000)}`,
    mobile: (n) => `+44 20 7946 0${three(n % 1000)}`,
    givenNames: ['Imogen', 'Callum', 'Aisha', 'Rhys', 'Siobhán', 'Kwame', 'Zara', 'Alistair', 'Meera', 'Dafydd', 'Yusuf', 'Beatrix'],
    surnames: [
      'Ashworth',
      "O'Malley",
      'Adeyemi',
      'Llewellyn',
      'Chaudhry',
      'Pemberton-Hale',
      'Nkemelu',
      'Fairclough',
      'MacAskill',
      'Rahman',
    ],
  },
  {
    city: 'Berlin',
    country: 'DE',
    countryName: 'Germany',
    language: 'de-DE',
    share: 4,
    landline: (n) => `+49 30 23125 ${three(n % 1000)}`,
    mobile: (n) => `+49 171 39200${two(n % 100)}`,
    givenNames: ['Jürgen', 'Käthe', 'Emre', 'Björn', 'Anneliese', 'Mehmet', 'Łukasz', 'Frieda', 'Sören', 'Ayşe', 'Torben', 'Zoë'],
    surnames: ['Müller', 'Weiß', 'Yıldırım', 'Großkopf', 'Schäfer', 'Nowak', 'von der Heide', 'Jäger', 'Öztürk', 'Brandt', 'Krüger'],
  },
  {
    city: 'Paris',
    country: 'FR',
    countryName: 'France',
    language: 'fr-FR',
    share: 3,
    landline: (n) => `+33 1 99 00 ${two(Math.floor(n / 100) % 100)} ${two(n % 100)}`,
    mobile: (n) => `+33 1 99 00 ${two(Math.floor(n / 100) % 100)} ${two(n % 100)}`,
    givenNames: ['Éloïse', 'Baptiste', 'Fatou', 'Théo', 'Noémie', 'Rachid', 'Chloé', 'Mamadou', 'Hélène', 'Gaël', 'Inès'],
    surnames: ['Lefèvre', 'Diallo', "D'Aubigné", 'Benchérif', 'Marchand', 'Nguyen', 'Charpentier', 'Lacroix', 'Traoré', 'Fontaine'],
  },
  {
    city: 'Sydney',
    country: 'AU',
    countryName: 'Australia',
    language: 'en-AU',
    share: 3,
    landline: (n) => `+61 2 5550 ${three(n % 1000).padStart(4, '0')}`,
    mobile: (n) => `+61 491 570 ${['006', '110', '156', '157', '158', '159', '313', '737'][n % 8]}`,
    givenNames: ['Kirra', 'Lachlan', 'Mei', 'Hiroshi', 'Talia', 'Arjun', 'Soo-jin', 'Bronwyn', 'Nguyên', 'Tāne', 'Sione', 'Linh'],
    surnames: ['Barangaroo', 'Nakagawa', 'Park', 'Fitzgerald', 'Ngata', 'Tanaka', 'Iyer', 'Faleolo', 'Chen', 'Wirrpanda', 'Phạm'],
  },
];

export const departments = [
  { ou: ['OU=Field', 'OU=EMEA', 'OU=Sales'], name: 'Sales EMEA Field', count: 18, titles: ['Account Executive', 'Sales Engineer'] },
  { ou: ['OU=EMEA', 'OU=Sales'], name: 'Sales EMEA', count: 20, titles: ['Account Manager', 'Regional Director'] },
  { ou: ['OU=Americas', 'OU=Sales'], name: 'Sales Americas', count: 20, titles: ['Account Manager', 'Partner Manager'] },
  { ou: ['OU=APAC', 'OU=Sales'], name: 'Sales APAC', count: 14, titles: ['Account Manager', 'Business Developer'] },
  {
    ou: ['OU=Identity', 'OU=Platform', 'OU=Engineering'],
    name: 'Identity Engineering',
    count: 16,
    titles: ['Software Engineer', 'Principal Engineer'],
  },
  {
    ou: ['OU=Platform', 'OU=Engineering'],
    name: 'Platform Engineering',
    count: 24,
    titles: ['Software Engineer', 'Site Reliability Engineer'],
  },
  { ou: ['OU=Operations'], name: 'Operations', count: 20, titles: ['Systems Administrator', 'Network Engineer', 'Shift Lead'] },
  { ou: ['OU=Finance'], name: 'Finance', count: 18, titles: ['Accountant', 'Controller', 'Payroll Specialist'] },
  { ou: ['OU=Human Resources'], name: 'Human Resources', count: 12, titles: ['Recruiter', 'HR Partner'] },
  { ou: ['OU=Support'], name: 'Support', count: 26, titles: ['Support Engineer', 'Service Desk Analyst'] },
  { ou: ['OU=Leadership'], name: 'Leadership', count: 6, titles: ['Vice President', 'Chief of Staff'] },
  { ou: ['OU=Former Employees'], name: 'Former Employees', count: 14, titles: ['Consultant'], isDisabled: true },
];

/** Plain letters for account names: `Łukasz von der Heide` becomes `lukasz.vonderheide`. */
export function accountName(...names) {
  const letters = { ß: 'ss', ł: 'l', ı: 'i', ø: 'o', æ: 'ae', đ: 'd' };
  return names
    .map((name) =>
      name
        .toLowerCase()
        .replace(/[ßłıøæđ]/g, (letter) => letters[letter])
        .normalize('NFD')
        .replace(/[^a-z0-9-]/g, ''),
    )
    .join('.');
}
