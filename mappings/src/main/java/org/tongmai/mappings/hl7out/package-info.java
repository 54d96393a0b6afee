/**
 * Canonical FHIR as HL7 v2 messages, for systems that take nothing else. The rows of {@code hl7v2-to-fhir} are read
 * backwards ({@code docs/decisions/0011-back-out.md}); {@code fhir-to-hl7v2} holds what they do not say: the order of
 * segments, what is written where nothing is known, and what is chosen where several codes mean the same.
 */
package org.tongmai.mappings.hl7out;
