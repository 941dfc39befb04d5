import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appleDomainFile, readAppleDomainFile } from './apple-pay-domain.ts'

let folder: string
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'tillhouse-apple-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(content: string | Buffer): Promise<string> {
	const path = join(folder, 'association')
	await writeFile(path, content)
	return path
}

async function served(content: Buffer | null) {
	const server = createServer(express().use(appleDomainFile(content))).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	const path = '/.well-known/apple-developer-merchantid-domain-association'
	const answer = await fetch(`http://127.0.0.1:${port}${path}`)
	const text = await answer.text()
	server.close()
	server.closeAllConnections()
	return { status: answer.status, type: answer.headers.get('content-type'), text }
}

test('the file is served byte for byte, as text', async () => {
	const content = '7B227073704964223A22394644\n'
	expect(await served(await readAppleDomainFile(await file(content)))).toEqual({
		status: 200,
		type: 'text/plain; charset=utf-8',
		text: content,
	})
})

test('without the setting the answer says what to set', async () => {
	expect(await readAppleDomainFile(null)).toBeNull()
	expect(await served(null)).toMatchObject({
		status: 404,
		text: expect.stringContaining('APPLE_PAY_DOMAIN_FILE'),
	})
})

test('64 kB are taken, one byte more is not, nor is a file that is not there', async () => {
	expect(await readAppleDomainFile(await file(Buffer.alloc(65_536, 'a')))).toHaveLength(65_536)
	await expect(readAppleDomainFile(await file(Buffer.alloc(65_537, 'a')))).rejects.toThrow(
		'larger than 64 kB',
	)
	await expect(readAppleDomainFile(join(folder, 'nothing'))).rejects.toThrow('cannot be read')
	await expect(readAppleDomainFile(folder)).rejects.toThrow('cannot be read')
})
