/** How fast HL7 v2 becomes canonical FHIR JSON, measured with JMH. */
package org.tongmai.benchmarks.mapping;
