import { html, type Reply } from '../http/message.ts'

/** Any page may frame it, as any shop may take a card whose bank asks for its owner. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"

/** A page of the payer's bank. */
export const documentPage = (title: string, body: string, status = 200): Reply =>
	html(
		`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/three-d-secure.css">
</head>
<body>
<main>
<p class="bank">Sandbox Bank</p>
${body}
</main>
<script src="/assets/three-d-secure.js"></script>
</body>
</html>`,
		POLICY,
		status,
	)
