/** Judges FHIR resources by R4, the canonical profiles and the national identifier rules, off line. */
package org.tongmai.adapters.fhirvalidation;
