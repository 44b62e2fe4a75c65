// An S3 server for tests. It says on which port it listens, and ends when its standard input does.
//   node tests/s3/server.js FOLDER BUCKET
import crypto from 'node:crypto'
import S3rver from 's3rver'

// Its tokens for the next page are made with DES, which OpenSSL 3 does not know any more.
for (const name of ['createCipheriv', 'createDecipheriv']) {
  const original = crypto[name]
  crypto[name] = (_, key, iv) => original('aes-128-cbc', Buffer.concat([key, key]), Buffer.concat([iv, iv]))
}

const [directory, bucket] = process.argv.slice(2)
const server = new S3rver({ address: '127.0.0.1', port: 0, directory, silent: true, configureBuckets: [{ name: bucket }] })
console.log((await server.run()).port)
process.stdin.on('end', () => process.exit()).resume()
