import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublic } from '../../src/webhooks/addresses.ts';

describe('addresses webhooks may go to', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '64:ff9b::808:808',
    '64:ff9b::8.8.8.8',
  ])('%s is on the public internet', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ['0.0.0.0', 'this machine'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['169.254.169.254', 'cloud metadata'],
    ['169.254.1.1', 'link-local'],
    ['192.0.0.192', 'cloud metadata of another cloud'],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'this machine'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback, written out'],
    ['::127.0.0.1', 'loopback, IPv4-compatible'],
    ['::ffff:127.0.0.1', 'loopback, mapped'],
    ['::ffff:7f00:1', 'loopback, mapped, in hexadecimal'],
    ['::ffff:169.254.169.254', 'cloud metadata, mapped'],
    ['::FFFF:10.0.0.1', 'private, mapped'],
    ['64:ff9b::10.0.0.1', 'private, through NAT64'],
    ['64:ff9b::a9fe:a9fe', 'cloud metadata, through NAT64'],
    ['64:ff9b:1::808:808', 'a network’s own NAT64'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with its zone'],
    ['fc00::1', 'unique-local'],
    ['fd00:ec2::254', 'cloud metadata'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'documentation'],
    ['2001::1', 'a tunnel'],
    ['2002:7f00:1::', 'loopback, through 6to4'],
    ['localhost', 'no address'],
    ['', 'nothing'],
  ])('%s is not: %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it('an IPv4 address is judged alike however IPv6 wraps it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublic(`::ffff:${address}`)).toBe(isPublic(address));
        expect(isPublic(`64:ff9b::${address}`)).toBe(isPublic(address));
      }),
    );
  });
});
