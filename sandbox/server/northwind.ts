/** The workspace the local Slack begins with. */
import type { Seed, SeedPerson } from './seed.ts';

/** A support team with one customer as a guest and one as a connected company: everything a first try needs. */
export const northwind: Seed = {
  team: { name: 'Northwind', domain: 'northwind' },
  people: [
    staff('maya', 'Maya Ortiz', 'Support lead, workspace administrator', 'America/New_York', 'en-US', 'administrator'),
    staff('ana', 'Ana Silva', 'Support agent', 'Europe/Lisbon', 'pt-PT'),
    staff('ben', 'Ben Okafor', 'Support agent', 'Africa/Lagos', 'en-GB'),
    staff('chloe', 'Chloé Martin', 'Support agent', 'Europe/Paris', 'fr-FR'),
    staff('dev', 'Dev Patel', 'Support agent', 'Asia/Kolkata', 'en-GB'),
    staff('emi', 'Emi Tanaka', 'Support agent', 'Asia/Tokyo', 'ja-JP'),
    {
      name: 'gus',
      realName: 'Gus Keller',
      role: 'guest',
      title: 'Customer, guest from Acme',
      company: 'Acme',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
    },
    {
      name: 'olga',
      realName: 'Olga Petrova',
      role: 'outsider',
      title: 'Customer, from connected company Globex',
      company: 'Globex',
      timeZone: 'Europe/London',
      locale: 'en-GB',
    },
    {
      name: 'webbot',
      realName: 'Website bot',
      role: 'bot',
      title: 'The bot of Northwind’s website',
      company: '',
      timeZone: 'Etc/UTC',
      locale: 'en-US',
    },
  ],
  channels: [
    {
      name: 'general',
      private: false,
      topic: 'Company-wide announcements',
      members: ['maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'maya', minutesAgo: 190, text: 'Good morning everyone! Release 4.2 went out last night.' }],
    },
    {
      name: 'random',
      private: false,
      topic: 'Anything else',
      members: ['maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'dev', minutesAgo: 130, text: 'Who is in for lunch at one?' }],
    },
    {
      name: 'acme-support',
      private: true,
      topic: 'Support for Acme',
      members: ['bot', 'maya', 'ana', 'gus'],
      history: [
        { by: 'maya', minutesAgo: 95, text: 'Welcome, Gus! Ask us anything here.' },
        { by: 'gus', minutesAgo: 42, text: 'Thanks Maya. Hi everybody!' },
        { by: 'ana', minutesAgo: 40, text: 'Hi Gus, good to have you here :wave:' },
        {
          by: 'gus',
          minutesAgo: 6,
          text: 'We were charged twice for October, invoices 2041 and 2043. Could somebody have a look?',
        },
      ],
    },
    {
      name: 'support-help',
      private: false,
      topic: 'Where support helps itself',
      members: ['bot', 'maya', 'ana', 'ben', 'chloe', 'dev', 'emi'],
      history: [{ by: 'maya', minutesAgo: 180, text: 'Stuck on something? Calls for help arrive here.' }],
    },
    {
      name: 'globex-shared',
      private: false,
      external: true,
      topic: 'Northwind and Globex',
      members: ['bot', 'maya', 'ben', 'olga'],
      history: [
        { by: 'olga', minutesAgo: 75, text: 'Hello from Globex! Our single sign-on stopped working this morning.' },
        { by: 'ben', minutesAgo: 72, text: 'Hi Olga, looking into it.' },
      ],
    },
  ],
  userGroups: [{ handle: 'support-leads', name: 'Support leads', users: ['maya'] }],
};

function staff(
  name: string,
  realName: string,
  title: string,
  timeZone: string,
  locale: string,
  role: 'member' | 'administrator' = 'member',
): SeedPerson {
  return { name, realName, role, title, company: '', timeZone, locale };
}
