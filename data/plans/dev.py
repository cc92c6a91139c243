"""Wordings to develop with."""

WORDINGS: dict[str, tuple[str, ...]] = {
    "ground_edit_caption": (
        "Where's the {t}? Make it {v} and then describe the picture.",
        "look for the {t}, change it to {v}, describe the outcome",
        "mark the {t}, then paint it {v} and write a caption for the result",
    ),
    "edit_count": (
        "Paint the {t} {v}, then count the {v} things.",
        "change the {t} to {v} and say how many {v} objects there are now",
        "first make the {t} {v}, and then: how many {v} things are in the picture?",
    ),
    "remove_count": (
        "Delete the {t}. How many {n} are left?",
        "take away the {t} and count how many {n} there are",
        "i don't want the {t}, erase it. how many {n} are there then?",
    ),
    "edit_edit": (
        "Erase the {u} and paint the {t} {v}.",
        "make the {t} {v}; then remove the {u}",
        "can you change the {t} to {v} and delete the {u} as well",
    ),
    "ground_crop": (
        "Show me the {t} and crop to it.",
        "where's the {t}? then crop to it",
        "point at the {t} and crop the photo to it please",
    ),
    "crop_describe": (
        "Crop to the {t}, then describe it.",
        "crop the picture to the {t} and tell me what you see",
        "cut out the {t} and describe the result",
    ),
    "caption_count": (
        "What's in the picture? How many {n} are there?",
        "describe it and count the {n}",
        "caption this, then tell me the number of {n}",
    ),
    "count_point": (
        "Count the {n} and point at the {t}.",
        "how many {n} are there, also where's the {t}?",
        "show me the {t} and tell me how many {n} there are",
    ),
    "attribute_point": (
        "What's the {t} made of? Show me the {u}.",
        "tell me the material of the {t} and mark the {u}",
        "point at the {u}, and what is the {t} made of?",
    ),
    "graph_count": (
        "Give me the scene graph and count the {n}.",
        "show the scene graph, and how many {n} are there?",
        "scene graph please, then the number of {n}",
    ),
    "blur_rotate": (
        "Blur the {t}, then rotate the picture 90 degrees.",
        "rotate by 90 degrees after you blur the {t}",
        "please blur the {t} and turn the image by 90 degrees",
    ),
    "flip_count": (
        "Flip the picture and tell me how many {n} there are.",
        "mirror it, then count the {n}",
        "flip this horizontally and say how many {n} it shows",
    ),
    "edit_ask": (
        "Make the {t} {v}. What is it made of?",
        "change the {t} to {v}, then what material is it?",
        "turn the {t} into {v} and tell me what it is made of now",
    ),
    "pictures_which": (
        "which of these two pictures has more {n}?",
        "Which picture has the most {n}?",
        "which one has more {n}",
    ),
    "pictures_whether": (
        "Does the first picture have more {n} than the second?",
        "are there fewer {n} in the first image than in the second?",
        "is the number of {n} the same in both pictures?",
    ),
    "pictures_difference": (
        "how many more {n} are there in the first picture than in the second one?",
        "what is the difference between the two pictures in the number of {n}?",
        "by how many {n} does the first picture beat the second?",
    ),
    "pictures_describe_which": (
        "Tell me what the first picture shows and which of the two has more {n}.",
        "which has more {n}, and can you describe the first picture?",
        "describe the second photo. which of the two photos shows more {n}?",
    ),
    "pictures_each": (
        "Show me the {t} in the first photo and count the {n} in the second photo.",
        "count the {n} in the second picture and point at the {t} in the first one",
        "where's the {t} in the first picture? how many {n} are in the second picture?",
    ),
    "document_two_facts": (
        "what is the total and what is the date?",
        "Read the date and then the total.",
        "when was this, and how much did it come to?",
    ),
    "documents_which": (
        "Which receipt has the larger total?",
        "which of the two is cheaper?",
        "tell me which receipt has the higher total amount",
    ),
    "documents_whether": (
        "Is the first receipt's total more than the second's?",
        "did the first receipt cost more than the second one?",
        "is the total on the first receipt lower than on the second one?",
    ),
    "documents_last": (
        "What's the total on this one, and is it higher than on the last one?",
        "read the total and tell me if it's more than the previous one",
        "how much is it? is it less than the other one?",
    ),
    "documents_older": (
        "Which receipt is older?",
        "which of these two receipts has the later date?",
        "is the first receipt older than the second one?",
    ),
    "retrieve_ground": (
        "which of my photos have {q}? show me where they are",
        "Find pictures in my album with {q} and mark them.",
        "search for {q} in my pictures, then show me where they are",
    ),
    "retrieve_caption": (
        "find the picture with {q} in my album and describe it",
        "Which of my photos shows {q}? Tell me what's in it.",
        "search my photos for {q}, then describe what you find",
    ),
    "retrieve_count": (
        "find my photo with {q} and tell me how many {n} are in it",
        "which picture of mine has {q}? how many {n} does it show?",
        "look in my album for {q} and count the {n}",
    ),
}
