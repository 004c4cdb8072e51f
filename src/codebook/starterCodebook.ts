/** The commented codebook that `clipbook init` writes: valid, without warnings, meant to be overwritten. */
export const starterCodebook = `# A codebook: the categories that Clipbook sorts your images into.
# Change it, then: clipbook check codebook.yaml

title: Posts of a campaign
language: en

# A template is put round every phrase; {} stands for the phrase. Without one, phrases are used as they are.
# template: "a photo of {}"

# Every image is compared with every phrase, and the best phrase decides the category. So
# - describe what can be seen, as a caption would: not "mobilisation" but "people marching with banners";
# - give all categories about as many phrases;
# - say what is there, never what is missing: CLIP does not understand "no" and "without";
# - put a phrase with a colon, a # or quotes in it into quotes.
categories:
  Rally:
    description: Many people at a political gathering, indoors or outdoors.
    # What human coders are told when they check the result.
    instructions: >
      Choose this if a crowd or a stage for one can be seen. A politician with a few people is Conversation.
    phrases:
      - a crowd of supporters at an open-air rally
      - a speaker on a stage in front of an audience
      - people marching in the street with banners

  Conversation:
    description: A politician in contact with single persons.
    phrases:
      - a politician shaking hands with a woman
      - two people talking to each other at a table
      - a small group posing for a selfie

  # The short form: only phrases.
  Printed matter:
    - a printed election poster on a wall
    - a flyer with a slogan and a portrait
    - a screenshot of a text with a logo

  # The residual category takes what fits nowhere else. Without it every image is forced into the others.
  Other:
    residual: true
    phrases:
      - a landscape with trees and a lake
      - a plate of food on a table
      - a street with buildings and cars
`;
