import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/*
 * Certificates for tests, made on the spot: no key lies in the repository and no openssl is needed. X.509 v3 over
 * ECDSA P-256, written as DER by hand (ITU-T X.690, RFC 5280).
 */

export interface CertificateOptions {
  /** Name in the subject and the subject alternative names. */
  name: string;
  notBefore?: Date;
  notAfter?: Date;
}

export interface Certificate {
  key: string;
  cert: string;
}

const DAY_MS = 86_400_000;

export function createCertificate(options: CertificateOptions): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = options.notBefore ?? new Date(Date.now() - DAY_MS);
  const notAfter = options.notAfter ?? new Date(Date.now() + 365 * DAY_MS);
  const body = toBeSigned(options.name, notBefore, notAfter, publicKey);
  const signature = createSign('SHA256').update(body).sign(privateKey);
  const whole = sequence(body, ALGORITHM, der(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
const ALGORITHM = sequence(der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])));

function toBeSigned(name: string, notBefore: Date, notAfter: Date, publicKey: KeyObject): Buffer {
  const commonName = sequence(der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from(name)));
  const distinguished = sequence(der(0x31, commonName));
  const alternative = sequence(der(0x82, Buffer.from(name)));
  const extension = sequence(der(0x06, Buffer.from([0x55, 0x1d, 0x11])), der(0x04, alternative));
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ALGORITHM,
    distinguished,
    sequence(generalizedTime(notBefore), generalizedTime(notAfter)),
    distinguished,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
}

function generalizedTime(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
