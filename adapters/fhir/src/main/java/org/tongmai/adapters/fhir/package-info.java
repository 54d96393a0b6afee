/** Answers FHIR R4 requests from the canonical data: read, search, history and everything about a patient. */
package org.tongmai.adapters.fhir;
