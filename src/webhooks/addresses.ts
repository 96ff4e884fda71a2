/** Which addresses webhooks may go to: the public internet, unless the configuration allows more. */
import { BlockList, isIP } from 'node:net';

/**
 * Not the public internet. https://www.iana.org/assignments/iana-ipv4-special-registry
 * Cloud metadata services live in 169.254.0.0/16.
 */
const SPECIAL_4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Inside 2000::/3, outside which nothing is public. https://www.iana.org/assignments/iana-ipv6-special-registry */
const SPECIAL_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family);
  return list;
}

const special4 = listOf('ipv4', SPECIAL_4);
const special6 = listOf('ipv6', SPECIAL_6);
const global6 = listOf('ipv6', [['2000::', 3]]);
/** Their last 32 bits are an IPv4 address: IPv4-mapped, and NAT64's well-known prefix. */
const embedding6 = listOf('ipv6', [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
]);

/** The IPv4 address in the last 32 bits of an IPv6 address. */
function embedded4(address: string): string {
  // A URL writes every form of an IPv6 address in one way, without dots.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [high = '', low = ''] = canonical.endsWith('::') ? [] : canonical.split(':').slice(-2);
  const bits = [high, low].flatMap((part) => {
    const value = part === '' ? 0 : Number.parseInt(part, 16);
    return [value >> 8, value & 255];
  });
  return bits.join('.');
}

/** Whether an IP address belongs to a machine anybody on the internet could reach. What is no address is not public. */
export function isPublic(address: string): boolean {
  // fe80::1%eth0: addresses with a zone are link-local.
  if (address.includes('%')) return false;
  const family = isIP(address);
  if (family === 4) return !special4.check(address, 'ipv4');
  if (family === 0) return false;
  if (embedding6.check(address, 'ipv6')) return isPublic(embedded4(address));
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}
