const MULTIPART = /^multipart\//i

/**
 * Evidence comes with files: the JSON is then the part called `input`. The files themselves are not kept,
 * only their names, under `documents`.
 */
export async function readEvidence(contentType: string | undefined, body: string): Promise<string> {
	if (contentType === undefined || !MULTIPART.test(contentType)) return body
	const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData()
	const input = form.get('input')
	const fields: unknown = JSON.parse(typeof input === 'string' ? input : ((await input?.text()) ?? '{}'))
	const files = form.getAll('evidence-file').filter((part) => part instanceof File)
	return JSON.stringify({ ...(fields as object), documents: files.map(({ name }) => ({ name })) })
}
