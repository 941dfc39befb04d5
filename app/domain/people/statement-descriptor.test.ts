import { expect, test } from 'vitest'
import { statementDescriptorOf } from './statement-descriptor.ts'

test.each([
	['Corner & Co.', 'CORNER AND CO'],
	['Café Zürich', 'CAFE ZURICH'],
	['The Very Long Name Of A Business', 'THE VERY LONG NAME OF'],
	['東京', 'ONLINE SHOP'],
	['<script>', 'SCRIPT'],
])('%s becomes %s', (name, descriptor) => expect(statementDescriptorOf(name)).toBe(descriptor))
