import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';

/** What a handshake came to; undefined when the server refused it. */
export interface Handshake {
  version: string | null;
  cipher: string;
  /** fingerprint of the server's certificate */
  fingerprint: string;
}

/** Offers a server one way to speak TLS, as conformance suites do. */
export function probeTls(origin: string, options: ConnectionOptions = {}): Promise<Handshake | undefined> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket: TLSSocket = connect(
      // The client's own OpenSSL must be willing to speak what is old, or nothing was asked.
      { host: hostname, port: Number(port), servername: 'localhost', rejectUnauthorized: false, ...options },
      () => {
        const { fingerprint256 } = socket.getPeerCertificate();
        resolve({ version: socket.getProtocol(), cipher: socket.getCipher().name, fingerprint: fingerprint256 });
        socket.destroy();
      },
    );
    socket.on('error', () => resolve(undefined));
  });
}
