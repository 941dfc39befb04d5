import type { Reply } from '../http/message.ts'
import { field, frame, hints } from './frame.ts'

const BODY = `<form novalidate>
${field({
	id: 'number',
	label: 'Card number <span class="brand" id="brand"></span>',
	autocomplete: 'cc-number',
	placeholder: '1234 1234 1234 1234',
})}
<div class="pair">
${field({ id: 'expiry', label: 'Expiry', autocomplete: 'cc-exp', placeholder: 'MM / YY' })}
${field({ id: 'cvc', label: 'Security code', autocomplete: 'cc-csc', placeholder: 'CVC' })}
</div>
${hints('Sandbox: use 4242 4242 4242 4242', 'Fill test card')}
</form>`

export const cardFrame = (query: URLSearchParams): Reply =>
	frame(query, { title: 'Card details', styles: ['frame.css'], script: 'card-frame.js', body: BODY })
