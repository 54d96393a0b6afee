/**
 * Maps between wire formats and the canonical model. Maps are YAML rows under {@code mappings/}, compiled once into a
 * plan; {@link org.tongmai.mappings.MappingEngine} runs it.
 */
package org.tongmai.mappings;
