import { invalid } from './errors.ts'

const MULTIPART = /^multipart\//i

/**
 * Evidence comes with files: the JSON is then the part called `input`. The files themselves are not kept,
 * only their names, under `documents`.
 */
export async function readEvidence(contentType: string | undefined, body: string): Promise<string> {
	if (contentType === undefined || !MULTIPART.test(contentType)) return body
	try {
		const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData()
		const input = form.get('input')
		const fields = JSON.parse(input instanceof File ? await input.text() : (input ?? '{}')) as object
		const files = form.getAll('evidence-file').filter((part) => part instanceof File)
		return JSON.stringify({ ...fields, documents: files.map(({ name }) => ({ name })) })
	} catch {
		throw invalid('MALFORMED_REQUEST_JSON', '/', 'The request body is not well formed.')
	}
}
